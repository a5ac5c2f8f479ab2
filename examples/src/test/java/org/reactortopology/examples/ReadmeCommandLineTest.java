package org.reactortopology.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.examples.piv.image.SyntheticSeries;
import picocli.CommandLine;

/** The lines of the README that a new user pastes behind its first command, in another directory and without the program's name. */
@Timeout(120)
class ReadmeCommandLineTest {

    private static final String PROGRAM = "examples/reactor-topology ";

    @TempDir
    Path directory;

    @Test
    void whatCanBePastedWorks() throws IOException {
        SyntheticSeries.write(directory.resolve("piv-out/images"), 2, 128, 128, 1); // as the first command does
        List<String> lines = Files.readAllLines(ReadmeTest.root().resolve("README.md")).stream()
                .dropWhile(line -> !line.equals("## Jobs on a command line"))
                .dropWhile(line -> !line.equals("```sh"))
                .skip(1)
                .takeWhile(line -> !line.equals("```"))
                .toList();

        assertThat(lines).hasSizeBetween(2, 4).allMatch(line -> line.startsWith(PROGRAM));
        assertThat(lines).allSatisfy(line -> assertThat(execute(line)).isZero());
        assertThat(directory.resolve("piv-fields")).isDirectoryContaining("glob:**/*.h5");
    }

    private int execute(String line) {
        String[] arguments = line.substring(PROGRAM.length())
                .replaceAll("#.*", "")
                .replaceAll("(?<=[ =])piv-", directory + "/piv-")
                .strip()
                .split(" +");
        CommandLine commands = Main.commandLine();
        StringWriter told = new StringWriter();
        commands.setOut(new PrintWriter(told)).setErr(new PrintWriter(told));
        int exitCode = commands.execute(arguments);
        assertThat(told.toString()).as(line).isNotEmpty();
        return exitCode;
    }
}
