package org.reactortopology.spi;

import java.util.function.Function;
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
}
