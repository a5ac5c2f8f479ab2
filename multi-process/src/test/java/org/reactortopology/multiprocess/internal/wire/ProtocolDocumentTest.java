package org.reactortopology.multiprocess.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.reactortopology.multiprocess.internal.worker.WorkerExit;

/** {@code docs/protocol.md} says what the code does, where that can be compared. */
class ProtocolDocumentTest {

    private static final Pattern FRAME =
            Pattern.compile("(?m)^\\| `0x([0-9a-f]{2})` \\| ([A-Z_]+) \\| ([^|]+) \\| (0|run) \\|");
    private static final Pattern KIND = Pattern.compile("(?m)^\\| `(\\d+)` \\| ([A-Z_]+) \\|");
    private static final Pattern EXIT = Pattern.compile("(?m)^\\| (\\d+) \\| ([A-Z_]+) \\|");
    private static final Pattern RULE = Pattern.compile("(?m)^- \\*\\*R(\\d+)\\*\\*");

    private final String document = document();

    @Test
    void theTableOfFramesIsTheEnum() {
        Map<Integer, String> documented = new TreeMap<>();
        matches(FRAME).forEach(row -> documented.put(Integer.parseInt(row.group(1), 16), row.group(2)));
        Map<Integer, String> known = new TreeMap<>();
        Arrays.stream(FrameType.values()).forEach(type -> known.put(type.id(), type.name()));

        assertThat(documented).isEqualTo(known);
        assertThat(matches(FRAME)).hasSize(FrameType.values().length);
    }

    @Test
    void framesOfTheConnectionAreThoseOfRunZero() {
        for (MatchResult row : matches(FRAME)) {
            Frame frame = Sample.of(FrameType.valueOf(row.group(2))).frame();
            assertThat(frame.run() == 0).as(row.group(2)).isEqualTo(row.group(4).equals("0"));
        }
    }

    @Test
    void theHeaderIsTheCodes() {
        assertThat(document)
                .contains("`0x" + Integer.toHexString(FrameCodec.MAGIC) + "`")
                .contains("| version | u8 | " + FrameCodec.VERSION + " |")
                .contains("a header of " + FrameCodec.HEADER_BYTES + " bytes");
    }

    @Test
    void theKindsOfOutcomesAreTheEnum() {
        Map<Integer, String> documented = new TreeMap<>();
        matches(KIND).forEach(row -> documented.put(Integer.parseInt(row.group(1)), row.group(2)));
        Map<Integer, String> known = new TreeMap<>();
        Arrays.stream(OutcomeKind.values()).forEach(kind -> known.put(kind.id(), kind.name()));

        assertThat(documented).isEqualTo(known);
    }

    @Test
    void theExitCodesAreTheEnum() {
        Map<Integer, String> documented = new TreeMap<>();
        matches(EXIT).forEach(row -> documented.put(Integer.parseInt(row.group(1)), row.group(2)));
        Map<Integer, String> known = new TreeMap<>();
        Arrays.stream(WorkerExit.values()).forEach(exit -> known.put(exit.code(), exit.name()));

        assertThat(documented).isEqualTo(known);
    }

    @Test
    void rulesAreNumberedWithoutGaps() {
        List<Integer> numbers = new ArrayList<>();
        matches(RULE).forEach(rule -> numbers.add(Integer.parseInt(rule.group(1))));

        assertThat(numbers).isNotEmpty();
        for (int i = 0; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).isEqualTo(i + 1);
        }
    }

    private List<MatchResult> matches(Pattern pattern) {
        return pattern.matcher(document).results().toList();
    }

    private static String document() {
        Path directory = Path.of("").toAbsolutePath();
        while (directory != null && !Files.exists(directory.resolve("mvnw"))) {
            directory = directory.getParent();
        }
        assertThat(directory).as("the directory with mvnw").isNotNull();
        try {
            return Files.readString(directory.resolve("docs/protocol.md"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
