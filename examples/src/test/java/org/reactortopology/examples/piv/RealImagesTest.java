package org.reactortopology.examples.piv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactortopology.examples.Main;
import picocli.CommandLine;

/** The command on recorded images, with each executor. */
@Timeout(180)
class RealImagesTest {

    @TempDir
    Path temporary;

    @ParameterizedTest
    @CsvSource({"karman,2", "jet,2", "oseen,2", "openpiv-exp1,1", "openpiv-series,6"})
    void allExecutorsGiveTheSameFieldsToTheLastBit(String folder, int pairs) throws Exception {
        Path images = RealData.find(folder);
        List<String> executors = List.of("sequential", "parallel", "multi-process");
        for (String executor : executors) {
            piv(images, executor, pairs);
        }

        try (Stream<Path> files = Files.list(temporary.resolve("sequential"))) {
            List<Path> fields =
                    files.filter(file -> file.toString().endsWith(".h5")).toList();
            assertThat(fields).hasSize(pairs + 1);
            for (Path field : fields) {
                byte[] expected = Files.readAllBytes(field);
                assertThat(executors)
                        .allSatisfy(executor -> assertThat(
                                        temporary.resolve(executor).resolve(field.getFileName()))
                                .hasBinaryContent(expected));
            }
        }
    }

    private void piv(Path images, String executor, int pairs) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String output = temporary.resolve(executor).toString();
        int exit = line.execute("piv", "--input", images.toString(), "--output", output, "--executor", executor);
        assertThat(exit).as(err.toString()).isZero();
        assertThat(out.toString()).contains("piv: " + pairs + " done, 0 failed, 0 skipped in ");
    }
}
