package org.reactortopology.multiprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactortopology.Outcome;
import org.reactortopology.Topology;
import org.reactortopology.multiprocess.TroubleTopology.Params;
import org.reactortopology.multiprocess.TroubleTopology.Trouble;
import org.reactortopology.multiprocess.internal.payload.TaggedCodec;
import org.reactortopology.multiprocess.internal.simulation.InMemoryLauncher;

/** A codec that throws errors, on either side and either way, fails the items that it is asked for and no others. */
@Timeout(60)
class BrokenCodecTest {

    @Test
    void anErrorOfTheCodecFailsItsOwnItemOnly() {
        MultiProcessBuilder settings =
                MultiProcessExecutor.builder().workers(2).threads(1).codec(Broken.class);
        MultiProcessExecutor executor =
                new MultiProcessExecutor(settings, (process, topology) -> new InMemoryLauncher());

        List<Outcome<Object>> outcomes = executor.run(Topology.from(TroubleTopology.class, Params.of(Trouble.NONE, 50)))
                .outcomes()
                .collectList()
                .block(Duration.ofSeconds(30));

        assertThat(outcomes).hasSize(50);
        Set<String> failed =
                outcomes.stream().filter(Outcome::isFailure).map(Outcome::key).collect(Collectors.toSet());
        assertThat(failed).containsExactlyInAnyOrder("5", "6");
    }

    /** Throws when it encodes 5 and when it decodes 6. */
    static final class Broken implements CodecFactory {
        @Override
        public Codec create(List<Class<?>> types) {
            Codec good = new TaggedCodec.Factory().create(types);
            return new Codec() {
                @Override
                public byte[] encode(Object value) {
                    if (value.equals(5L)) {
                        throw new NoClassDefFoundError("of the encoder");
                    }
                    return good.encode(value);
                }

                @Override
                public Object decode(byte[] bytes) {
                    Object value = good.decode(bytes);
                    if (value.equals(6L)) {
                        throw new StackOverflowError("of the decoder");
                    }
                    return value;
                }
            };
        }
    }
}
