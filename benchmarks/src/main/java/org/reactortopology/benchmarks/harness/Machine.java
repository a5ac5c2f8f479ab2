package org.reactortopology.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the figures were taken. Results of different machines are not held against each other.
 *
 * @param cpu model as the operating system names it
 * @param processors that this JVM may use
 * @param memoryMiB of the whole machine, 0 if unknown
 * @param kernel operating system and its version
 */
public record Machine(String cpu, int processors, long memoryMiB, String kernel) {

    /** This one. */
    public static Machine here() {
        return new Machine(
                field("/proc/cpuinfo", "model name", System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                Long.parseLong(field("/proc/meminfo", "MemTotal", "0 kB").split(" ")[0]) / 1024,
                System.getProperty("os.name") + " " + System.getProperty("os.version"));
    }

    /** Whether figures of both may be held against each other; memory and kernel may differ. */
    public boolean isLike(Machine other) {
        return cpu.equals(other.cpu) && processors == other.processors;
    }

    @Override
    public String toString() {
        return cpu + ", " + processors + " processors, " + memoryMiB / 1024 + " GiB, " + kernel;
    }

    private static String field(String file, String name, String otherwise) {
        try {
            List<String> lines = Files.readAllLines(Path.of(file));
            return lines.stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException e) {
            return otherwise;
        }
    }
}
