package org.reactortopology.examples.piv;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactortopology.examples.Main;
import org.reactortopology.examples.piv.image.SyntheticSeries;
import org.reactortopology.test.LeakCheck;
import picocli.CommandLine;

@Timeout(180)
class PivCommandTest {

    @TempDir
    Path temporary;

    private Path input;
    private Path output;
    private String out = "";
    private String err = "";

    @BeforeEach
    void images() throws IOException {
        input = temporary.resolve("in");
        output = temporary.resolve("out");
        SyntheticSeries.write(input, 3, 160, 128, 7);
    }

    @AfterEach
    void nothingIsLeft() {
        LeakCheck.awaitNoChildProcess();
        LeakCheck.awaitNoThread("topology-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sequential", "parallel", "multi-process"})
    void everyExecutorWritesAllThatBelongsToARun(String executor) throws IOException {
        int exit = piv("--executor", executor);

        assertThat(err).doesNotContain("failed");
        assertThat(exit).isZero();
        assertThat(lastLine())
                .matches("piv: 3 done, 0 failed, 0 skipped in [0-9.]+ s \\([0-9.]+ pairs/s, \\d+ workers\\)");
        assertThat(names(output))
                .contains("index.html", "mean.h5", "mean.png")
                .contains("synthetic_001a+synthetic_001b.png.h5", "synthetic_003a+synthetic_003b.png.png");
        assertThat(Files.readString(output.resolve("index.html")))
                .contains("synthetic_001a%2Bsynthetic_001b.png.png", "synthetic_003a%2Bsynthetic_003b.png.h5");
        assertThat(names(output)).noneMatch(name -> name.endsWith(".tmp"));
    }

    @Test
    void writesFieldsWithoutPictures() throws IOException {
        assertThat(piv("--executor", "parallel")).isZero();
        byte[] field = Files.readAllBytes(output.resolve("synthetic_002a+synthetic_002b.png.h5"));

        assertThat(piv("--executor", "multi-process", "--no-pictures")).isZero();

        assertThat(names(output))
                .as("those of the run before would show other fields")
                .noneMatch(name -> name.endsWith(".png"))
                .contains("mean.h5", "synthetic_003a+synthetic_003b.png.h5");
        assertThat(output.resolve("synthetic_002a+synthetic_002b.png.h5")).hasBinaryContent(field);
        assertThat(Files.readString(output.resolve("index.html")))
                .contains("synthetic_003a%2Bsynthetic_003b.png.h5", "mean.h5")
                .doesNotContain("<img", ">PNG<");
    }

    @Test
    void allExecutorsGiveTheSameFieldsToTheLastBit() throws IOException {
        List<Path> outputs = new ArrayList<>();
        for (String executor : List.of("sequential", "parallel", "multi-process")) {
            output = temporary.resolve(executor);
            outputs.add(output);
            assertThat(piv("--executor", executor, "--pairing", "successive")).isZero();
        }

        List<String> fields = names(outputs.get(0)).stream()
                .filter(name -> name.endsWith(".h5"))
                .toList();
        assertThat(fields).hasSize(6);
        for (String field : fields) {
            byte[] expected = Files.readAllBytes(outputs.get(0).resolve(field));
            assertThat(outputs)
                    .allSatisfy(other -> assertThat(other.resolve(field)).hasBinaryContent(expected));
        }
    }

    @Test
    void withoutInputASyntheticSeriesIsMade() throws IOException {
        int exit = execute("--output", output.toString(), "--executor", "parallel", "--window", "64");

        assertThat(exit).isZero();
        assertThat(out).contains("24 synthetic pairs");
        assertThat(lastLine()).startsWith("piv: 24 done, 0 failed, 0 skipped in ");
        assertThat(names(output.resolve("images"))).hasSize(48);

        Path image = output.resolve("images/synthetic_001a.png");
        Path other = output.resolve("images/synthetic_001b.png");
        FileTime longAgo = FileTime.from(Instant.EPOCH);
        Files.setLastModifiedTime(image, longAgo);
        byte[] whole = Files.readAllBytes(other);
        Files.write(other, new byte[] {1, 2, 3});
        assertThat(execute("--output", output.toString(), "--executor", "parallel", "--mode", "fresh"))
                .isEqualTo(2);
        assertThat(Files.getLastModifiedTime(image))
                .as("what is whole is left alone")
                .isEqualTo(longAgo);
        assertThat(other).hasBinaryContent(whole);
    }

    @Test
    void aTruncatedImageFailsItsPairAndTheRestGoOn() throws IOException {
        Path broken = input.resolve("synthetic_002b.png");
        Files.write(broken, Arrays.copyOf(Files.readAllBytes(broken), 900));

        assertThat(piv("--executor", "multi-process")).isEqualTo(1);

        assertThat(lastLine()).startsWith("piv: 2 done, 1 failed, 0 skipped in ");
        assertThat(errorLines()).singleElement().asString().contains(broken.toString(), "cut short or damaged");
        assertThat(Files.readString(output.resolve("index.html"))).contains("cut short or damaged");
    }

    @Test
    void theSameCommandComputesAllAgainAndResumeOnlyWhatIsNotDone() throws IOException {
        Path broken = input.resolve("synthetic_002b.png");
        byte[] whole = Files.readAllBytes(broken);
        Files.write(broken, Arrays.copyOf(whole, 900));
        assertThat(piv("--executor", "parallel")).isEqualTo(1);
        assertThat(piv("--executor", "parallel")).isEqualTo(1);
        assertThat(lastLine()).startsWith("piv: 2 done, 1 failed, 0 skipped in ");

        Files.write(broken, whole);
        assertThat(piv("--executor", "parallel", "--mode", "resume")).isZero();

        assertThat(lastLine()).startsWith("piv: 1 done, 0 failed, 2 skipped in ");
        assertThat(Files.readString(output.resolve("index.html")))
                .contains("synthetic_001a%2Bsynthetic_001b.png.png", "synthetic_002a%2Bsynthetic_002b.png.png")
                .doesNotContain("cut short or damaged");
        assertThat(piv("--executor", "parallel", "--mode", "fresh")).isEqualTo(2);
        assertThat(piv("--executor", "parallel", "--mode", "resume", "--window", "64,32"))
                .isEqualTo(2);
        assertThat(err).contains("windows: [32] -> [64,32]");
    }

    @Test
    void relativePathsAreRecordedAsAbsoluteOnesAndMatchTheNextTime() throws IOException {
        Path here = Path.of("").toAbsolutePath();
        input = here.relativize(input);
        output = here.relativize(output);
        assertThat(piv("--executor", "sequential")).isZero();

        assertThat(piv("--executor", "sequential", "--mode", "resume")).isZero();

        assertThat(lastLine()).startsWith("piv: 0 done, 0 failed, 3 skipped in ");
        assertThat(output.resolve("job.json"))
                .content()
                .contains("\"" + input.toAbsolutePath() + "\"", "\"" + output.toAbsolutePath() + "\"");
    }

    @Test
    void imagesOfDifferentSizeFailTheirPair() throws IOException {
        SyntheticSeries.write(temporary.resolve("other"), 1, 128, 128, 7);
        Files.copy(temporary.resolve("other/synthetic_001a.png"), input.resolve("synthetic_004a.png"));
        Files.copy(input.resolve("synthetic_001b.png"), input.resolve("synthetic_004b.png"));

        assertThat(piv("--executor", "sequential")).isEqualTo(1);

        assertThat(errorLines())
                .singleElement()
                .asString()
                .contains("synthetic_004a.png+synthetic_004b.png", "128 x 128", "160 x 128");
    }

    @Test
    void aColourImageIsConvertedWithAWarning() throws IOException {
        Path image = input.resolve("synthetic_001a.png");
        BufferedImage grey = ImageIO.read(image.toFile());
        BufferedImage colour = new BufferedImage(grey.getWidth(), grey.getHeight(), BufferedImage.TYPE_INT_RGB);
        colour.createGraphics().drawImage(grey, 0, 0, null);
        ImageIO.write(colour, "png", image.toFile());

        assertThat(piv("--executor", "multi-process")).isZero();

        assertThat(errorLines())
                .singleElement()
                .asString()
                .startsWith("piv: warning:")
                .contains(image.toString(), "colour");
    }

    @Test
    void stopOnFailureSkipsTheRest() throws IOException {
        Files.write(input.resolve("synthetic_001a.png"), new byte[] {1, 2, 3});

        assertThat(piv("--executor", "sequential", "--stop-on-failure")).isEqualTo(1);

        assertThat(lastLine()).startsWith("piv: 0 done, 1 failed, 2 skipped in ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --window 63,32            | windows holds 63
            --window 32,64            | windows grows from 32 to 64
            --window 0                | windows holds 0
            --window -32              | windows holds -32
            --window 512              | --window 512 is larger than
            --window abc              | --window
            --overlap 1.5             | overlap is 1.5
            --overlap -0.1            | overlap is -0.1
            --workers 0               | --workers is 0
            --workers -2              | --workers is -2
            --workers 1000000         | --workers is 1000000
            --threads 0               | --threads is 0
            --pattern *.bmp           | fewer than two files that match '*.bmp'
            --pattern [               | glob '[' is not valid
            --pattern *1a.png         | has 1 elements
            --pairing triples         | --pairing
            --executor cluster        | --executor
            --no-such-option          | --no-such-option
            --input no/such/directory | no/such/directory' does not exist
            --executor parallel --workers 2   | --workers is given, but --executor is parallel
            --executor sequential --threads 4 | --threads is given, but --executor is sequential
            """)
    void wrongUsageIsOneLineAndExitCodeTwo(String arguments, String message) {
        assertThat(piv(arguments.trim().split(" "))).isEqualTo(2);

        assertThat(err).contains(message).doesNotContain("Exception");
        assertThat(errorLines()).singleElement().asString().contains(message);
    }

    @Test
    void anOddNumberOfImagesIsWrongUsageForPairs() throws IOException {
        Files.delete(input.resolve("synthetic_003b.png"));

        assertThat(piv()).isEqualTo(2);

        assertThat(errorLines())
                .singleElement()
                .asString()
                .contains("has 5 elements", "synthetic_003a.png", "successive");
    }

    @Test
    void anEmptyDirectoryIsNothingToDo() throws IOException {
        input = Files.createDirectory(temporary.resolve("empty"));

        assertThat(piv()).isEqualTo(2);

        assertThat(errorLines()).singleElement().asString().contains(input.toString(), "there is no pair");
    }

    @Test
    void helpNamesOptionsAndExitCodes() {
        assertThat(execute("--help")).isZero();

        assertThat(out).contains("--pairing", "--stop-on-failure", "Exit codes:", "some pairs failed");
    }

    private int piv(String... arguments) {
        List<String> all =
                new ArrayList<>(List.of("--input", input.toString(), "--output", output.toString(), "--window", "32"));
        all.addAll(List.of(arguments));
        if (List.of(arguments).contains("--window")) {
            all.subList(4, 6).clear();
        }
        if (List.of(arguments).contains("--input")) {
            all.subList(0, 2).clear();
        }
        return execute(all.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(outText)).setErr(new PrintWriter(errText));
        String[] all = Stream.concat(Stream.of("piv"), Stream.of(arguments)).toArray(String[]::new);
        int exit = line.execute(all);
        out = outText.toString();
        err = errText.toString();
        return exit;
    }

    private String lastLine() {
        List<String> lines = out.lines().toList();
        return lines.get(lines.size() - 1);
    }

    /** Without those of the progress, which come when it takes long. */
    private List<String> errorLines() {
        return err.lines()
                .filter(line -> !line.matches("piv: \\d+ (of \\d+ )?pairs.*"))
                .toList();
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(Files::isRegularFile)
                    .map(entry -> entry.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
