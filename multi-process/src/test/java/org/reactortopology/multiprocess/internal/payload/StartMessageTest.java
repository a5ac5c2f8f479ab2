package org.reactortopology.multiprocess.internal.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.reactortopology.TopologyException;
import org.reactortopology.TopologyOrigin;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;

class StartMessageTest {

    enum Mode {
        FAST,
        EXACT
    }

    record Inner(int window, double overlap, List<Path> files) {}

    record Params(
            Path directory,
            Duration patience,
            List<Inner> passes,
            Mode mode,
            Map<String, Long> counts,
            Optional<String> name,
            byte[] mask) {}

    record Unwritable(Thread thread) {}

    record OneWay(Runnable task) {}

    record Around(TopologyOrigin original, int times) {}

    @Test
    void theOriginOfAnotherTopologyComesBackEqual() {
        TopologyOrigin inner = new TopologyOrigin(Factory.class, new Inner(16, 0.25, List.of(Path.of("a"))));
        TopologyOrigin outer = new TopologyOrigin(Factory.class, new Around(inner, 2));
        Around params = new Around(outer, 3);

        assertThat(StartMessage.decode(message(params).encode()).paramsAs(Around.class))
                .isEqualTo(params);
    }

    /** Only named. */
    static final class Factory {}

    @Test
    void parametersComeBackEqual() {
        Params params = new Params(
                Path.of("/data/in put"),
                Duration.ofSeconds(90, 1),
                List.of(new Inner(32, 0.5, List.of(Path.of("a"), Path.of("b/c"))), new Inner(16, 0.25, List.of())),
                Mode.EXACT,
                Map.of("n", Long.MAX_VALUE),
                Optional.of("x"),
                new byte[] {1, -1});
        StartMessage sent = message(params);

        StartMessage back = StartMessage.decode(sent.encode());

        assertThat(back).usingRecursiveComparison().ignoringFields("params").isEqualTo(sent);
        assertThat(back.paramsAs(Params.class)).usingRecursiveComparison().isEqualTo(params);
    }

    /** The worker has the coordinator's working directory, so both mean the same file; equal keeps user code that compares or prints. */
    @Test
    void aRelativePathStaysRelative() {
        for (String text : List.of("relative/in", "", "..", "/absolute", "a b/\u00e9")) {
            Inner params = new Inner(1, 1, List.of(Path.of(text)));
            assertThat(StartMessage.decode(message(params).encode()).paramsAs(Inner.class))
                    .isEqualTo(params);
        }
    }

    @Test
    void parametersThatCannotCrossAreRefusedWithTheirClassAndTheFix() {
        assertThatThrownBy(() -> StartMessage.tree(new Unwritable(new Thread())))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining(Unwritable.class.getName())
                .hasMessageContaining("make them a record");
        assertThatThrownBy(() -> StartMessage.tree(new OneWay(() -> {})))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining(OneWay.class.getName());
    }

    @Test
    void aTruncatedMessageIsRefused() {
        byte[] whole = message(new Inner(1, 2, List.of(Path.of("a")))).encode();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> StartMessage.decode(cut)).isInstanceOf(ProtocolException.class);
        }
    }

    private static StartMessage message(Object params) {
        return new StartMessage(
                "a.Factory",
                params.getClass().getName(),
                StartMessage.tree(params),
                "f",
                "a.Codec",
                2,
                3,
                4,
                1L << 40,
                5,
                true,
                Map.of("mask", new byte[] {7, -7}));
    }
}
