package org.reactortopology.multiprocess.internal.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.reactortopology.multiprocess.internal.transport.Address;
import org.reactortopology.multiprocess.internal.worker.WorkerMain;

/**
 * The command line of a worker: the same Java and the same class path as this process, the rest in an argument file, because class paths are
 * long and command lines are not. No secret stands in either.
 *
 * @param argumentFile written by {@link #write}
 */
record WorkerCommand(Path java, Path argumentFile) {

    private static final int NATIVE_ACCESS_SINCE = 24;

    /** Workers of so few threads collect with one: the JVM's own choice for two is a collector with threads beside theirs. */
    private static final int ONE_COLLECTOR_THREAD_UP_TO = 2;

    /** Options that choose a collector, or a file in which one may be chosen: two choices keep a JVM from starting. */
    private static final Pattern COLLECTOR_CHOICE =
            Pattern.compile("-XX:[+-]Use\\w+GC\\b|-XX:(Flags|VMOptionsFile)=|(^|\\s)@");

    /** What a worker's heap begins with; a JVM's own choice is a 64th of the machine's memory, which it fills before it collects for the first time. */
    private static final long FIRST_HEAP_BYTES = 192L * 1024 * 1024;

    /** Variables of the environment from which a JVM takes options too. */
    private static final List<String> OPTION_VARIABLES =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    /**
     * How often loops of a method have run when the second compiler replaces it in the middle of a loop. At the JVM's own 40000 it compiles every method
     * with a short loop that is called often in this way first, and as a whole directly afterwards, which takes a fresh worker a fifth of that compiler's time.
     */
    private static final int LOOPS_BEFORE_REPLACEMENT = 400_000;

    /** Writes the argument file that all workers share. The user's options come last, so that they win. */
    static WorkerCommand write(Path argumentFile, MachineShare share, List<String> jvmOptions) throws IOException {
        int threads = share.threads();
        List<String> lines = new ArrayList<>();
        lines.add("-XX:ActiveProcessorCount=" + threads);
        if (threads <= ONE_COLLECTOR_THREAD_UP_TO && !choosesCollector(jvmOptions, System.getenv())) {
            lines.add("-XX:+UseSerialGC");
        }
        // a share of the memory and not a size: a size beyond the largest heap that somebody asks for would keep the
        // JVM from starting, and so would a share of more than all
        lines.add("-XX:InitialRAMPercentage=" + Math.min(100, 100.0 * FIRST_HEAP_BYTES / share.memoryBytes()));
        lines.add("-XX:+ExitOnOutOfMemoryError");
        lines.add("-XX:-CreateCoredumpOnCrash");
        lines.add("-Djava.awt.headless=true");
        lines.add("-XX:Tier4BackEdgeThreshold=" + LOOPS_BEFORE_REPLACEMENT);
        if (Runtime.version().feature() >= NATIVE_ACCESS_SINCE) {
            lines.add("--enable-native-access=ALL-UNNAMED");
            lines.add("--add-opens=java.base/java.lang.invoke=ALL-UNNAMED");
        }
        lines.addAll(jvmOptions);
        lines.add("-cp");
        lines.add(System.getProperty("java.class.path"));
        lines.add(WorkerMain.class.getName());
        Files.write(argumentFile, lines.stream().map(WorkerCommand::quoted).toList());
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new WorkerCommand(java, argumentFile);
    }

    /** Whether the user's options, or those of the environment, say how to collect garbage. */
    static boolean choosesCollector(List<String> jvmOptions, Map<String, String> environment) {
        return Stream.concat(
                        jvmOptions.stream(),
                        OPTION_VARIABLES.stream().map(variable -> environment.getOrDefault(variable, "")))
                .anyMatch(options -> COLLECTOR_CHOICE.matcher(options).find());
    }

    /** The command of the worker of that number, with these options first. */
    List<String> arguments(
            int worker, List<String> options, Address address, int maxBodyBytes, Path directory, Path box) {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(options);
        command.add("@" + argumentFile);
        command.add(Integer.toString(worker));
        command.add(address.toString());
        command.add(Integer.toString(maxBodyBytes));
        command.add(directory.toString());
        command.add(box.toString());
        return command;
    }

    /** As the java launcher reads argument files: in double quotes a backslash escapes. */
    private static String quoted(String argument) {
        return "\"" + argument.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
