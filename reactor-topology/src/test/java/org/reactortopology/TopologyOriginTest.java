package org.reactortopology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TopologyOriginTest {

    private static final class Numbers implements TopologyFactory<Long, Long> {
        @Override
        public Topology<Long> create(Long count) {
            return topology(count);
        }
    }

    private final class Inner implements TopologyFactory<Long, Long> {
        @Override
        public Topology<Long> create(Long count) {
            return topology(count);
        }
    }

    private record WithArguments(long offset) implements TopologyFactory<Long, Long> {
        @Override
        public Topology<Long> create(Long count) {
            return topology(count + offset);
        }
    }

    private abstract static class Abstract implements TopologyFactory<Long, Long> {}

    private static final class Throwing implements TopologyFactory<Long, Long> {
        Throwing() {
            throw new IllegalStateException("no licence");
        }

        @Override
        public Topology<Long> create(Long count) {
            return topology(count);
        }
    }

    @Test
    void aTopologyFromItsFactoryKnowsItsOrigin() {
        Topology<Long> topology = Topology.from(Numbers.class, 7L);

        assertThat(topology.origin()).contains(new TopologyOrigin(Numbers.class, 7L));
        assertThat(topology.fingerprint()).isEqualTo(topology(7).fingerprint());
        assertThat(topology(7).origin()).isEmpty();
    }

    @Test
    void anInnerClassIsRefusedWithTheFix() {
        assertThatThrownBy(() -> Topology.from(Inner.class, 1L))
                .isInstanceOf(InvalidTopologyException.class)
                .hasMessage("topology 'Inner' is not valid: factory " + Inner.class.getName()
                        + " has no constructor without arguments: give it one, make it static if it is a nested class, "
                        + "and pass what it needs as parameters");
    }

    @Test
    void aClassWithoutAConstructorWithoutArgumentsIsRefused() {
        assertThatThrownBy(() -> Topology.from(WithArguments.class, 1L))
                .isInstanceOf(InvalidTopologyException.class)
                .hasMessageContaining("has no constructor without arguments");
    }

    @Test
    @SuppressWarnings("unchecked")
    void aLambdaIsRefused() {
        TopologyFactory<Long, Long> lambda = TopologyOriginTest::topology;

        assertThatThrownBy(() -> Topology.from((Class<? extends TopologyFactory<Long, Long>>) lambda.getClass(), 1L))
                .isInstanceOf(InvalidTopologyException.class)
                .hasMessageContaining("is a lambda")
                .hasMessageContaining("write a named class");
    }

    @Test
    void anAbstractClassIsRefused() {
        assertThatThrownBy(() -> Topology.from(Abstract.class, 1L))
                .isInstanceOf(InvalidTopologyException.class)
                .hasMessageContaining(Abstract.class.getName())
                .hasMessageContaining("is abstract");
    }

    @Test
    void whatTheConstructorThrowsIsTold() {
        assertThatThrownBy(() -> Topology.from(Throwing.class, 1L))
                .isInstanceOf(TopologyException.class)
                .hasMessage("the constructor of factory " + Throwing.class.getName()
                        + " threw java.lang.IllegalStateException: no licence")
                .hasRootCauseMessage("no licence");
    }

    @Test
    void parametersMustNotBeNull() {
        assertThatNullPointerException()
                .isThrownBy(() -> Topology.from(Numbers.class, null))
                .withMessage("params");
    }

    private static Topology<Long> topology(long count) {
        return Topology.named("numbers")
                .source("source", Series.range(0, count, 1))
                .build();
    }
}
