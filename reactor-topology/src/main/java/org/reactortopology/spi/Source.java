package org.reactortopology.spi;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactortopology.Series;

/** Where a topology's items come from. */
public sealed interface Source {

    /** The name given in the DSL. */
    String name();

    /** What it reads, in words that do not change from run to run. */
    String describe();

    /** A series: random access, a known length, keys of its own. */
    record OfSeries(String name, Series<?> series) implements Source {
        @Override
        public String describe() {
            return series.describe();
        }
    }

    /** Any publisher, with a function that gives each element its key. */
    record OfPublisher(String name, Publisher<?> publisher, Function<Object, String> key) implements Source {
        @Override
        public String describe() {
            return "publisher";
        }
    }

    /**
     * Supplied from outside.
     *
     * @param publisher the elements of one run; null before there is one
     */
    record OfInput(
            String name,
            Class<?> type,
            Function<Object, String> key,
            @Nullable Publisher<?> publisher) implements Source {
        @Override
        public String describe() {
            return "input of " + type.getName();
        }
    }
}
