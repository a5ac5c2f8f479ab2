package org.reactortopology.test;

import static org.reactortopology.Work.cpu;
import static org.reactortopology.Work.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;

/**
 * The seed system's own topology: names are read, paired, computed from twice and saved, one file for each. Public because child JVMs build it too.
 */
public final class SavingTopology implements TopologyFactory<SavingTopology.Params, String> {

    /**
     * What is run.
     *
     * @param output directory of the results
     * @param names keys of the items
     * @param unreadable the name that fails in {@code read}; empty for none
     * @param broken the name that fails in {@code cpu1}; empty for none
     */
    public record Params(String output, List<String> names, String unreadable, String broken) {
        /** Copies the list. */
        public Params {
            names = List.copyOf(names);
        }
    }

    private record Names(List<String> names) implements Series<String> {
        @Override
        public long size() {
            return names.size();
        }

        @Override
        public String keyAt(long index) {
            return valueAt(index);
        }

        @Override
        public String valueAt(long index) {
            return names.get((int) index);
        }

        @Override
        public String describe() {
            return "names";
        }
    }

    @Override
    public Topology<String> create(Params params) {
        return Topology.named("saving")
                .source("names", new Names(params.names()))
                .map("read", io((String name) -> read(params, name)))
                .map("pair", cpu(name -> name + "+" + name))
                .map("cpu1", cpu(pair -> first(params, pair)))
                .map("cpu2", cpu(text -> text + "."))
                .mapKeyed(
                        "save",
                        io(item -> Files.writeString(Path.of(params.output(), item.key()), item.value())
                                .toString()))
                .build();
    }

    private static String read(Params params, String name) throws IOException {
        if (name.equals(params.unreadable())) {
            throw new IOException(name + " cannot be read");
        }
        return name;
    }

    private static String first(Params params, String pair) {
        if (pair.equals(params.broken() + "+" + params.broken())) {
            throw new IllegalArgumentException(pair + " cannot be computed");
        }
        return pair;
    }
}
