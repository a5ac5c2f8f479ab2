package org.reactortopology.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactortopology.job.JobStatus;

/**
 * What people see, to the letter, at 80 and at 200 columns. With {@code -Dgolden.write=DIR} the texts are written there instead of compared: look at them,
 * then copy them to the test resources.
 */
class GoldenTest {

    static Stream<Arguments> cases() {
        return Statuses.all().entrySet().stream()
                .flatMap(named -> Stream.of("status", "watch")
                        .flatMap(command -> Stream.of(80, 200)
                                .map(columns -> Arguments.of(named.getKey(), command, columns, named.getValue()))));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("cases")
    void isAsItWasLookedAt(String name, String command, int columns, JobStatus status) throws IOException {
        Calls calls = new Calls(FakeJob.of(status)).columns(columns);
        String[] arguments =
                command.equals("watch") ? new String[] {"watch", "--once", "dir"} : new String[] {"status", "dir"};

        int exitCode = calls.call(arguments);

        String text = calls.out().replace("\r\n", "\n") + "exit code " + exitCode + "\n";
        assertThat(calls.err()).isEmpty();
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
        String file = command + "-" + name + "-" + columns + ".txt";
        String write = System.getProperty("golden.write");
        if (write != null) {
            Files.writeString(Files.createDirectories(Path.of(write)).resolve(file), text);
        } else {
            assertThat(text).isEqualTo(golden(file));
        }
    }

    private static String golden(String file) throws IOException {
        try (InputStream stream = GoldenTest.class.getResourceAsStream("golden/" + file)) {
            assertThat(stream).as(file).isNotNull();
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
