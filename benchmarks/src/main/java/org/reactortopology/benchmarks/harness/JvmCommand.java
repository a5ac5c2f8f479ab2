package org.reactortopology.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The command line of a JVM that runs a main class from this JVM's class path, with this JVM's {@code java}. Immutable. */
public final class JvmCommand {

    private final List<String> options;
    private final List<String> program;

    private JvmCommand(List<String> options, List<String> program) {
        this.options = List.copyOf(options);
        this.program = List.copyOf(program);
    }

    /** Runs a class. */
    public static JvmCommand main(Class<?> main) {
        return new JvmCommand(List.of("-cp", System.getProperty("java.class.path")), List.of(main.getName()));
    }

    /** Runs a jar. */
    public static JvmCommand jar(Path jar) {
        return new JvmCommand(List.of(), List.of("-jar", jar.toString()));
    }

    /** With these options of the JVM behind those that were given before. */
    public JvmCommand options(String... more) {
        return new JvmCommand(joined(options, more), program);
    }

    /** With these arguments of the program behind those that were given before. */
    public JvmCommand arguments(String... more) {
        return new JvmCommand(options, joined(program, more));
    }

    /** Ready for {@link ProcessBuilder}. */
    public List<String> line() {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(options);
        line.addAll(program);
        return line;
    }

    /**
     * Runs it to its end.
     *
     * @throws IllegalStateException if it ended with anything but 0
     */
    public MeasuredCommand run() throws IOException, InterruptedException {
        return MeasuredCommand.run(line()).successful();
    }

    private static List<String> joined(List<String> first, String... more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(Arrays.asList(more));
        return all;
    }
}
