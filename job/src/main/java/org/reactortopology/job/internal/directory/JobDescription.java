package org.reactortopology.job.internal.directory;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.reactortopology.job.Job;

/** The content of {@code job.json} and of the column that describes the machine. */
public final class JobDescription {

    private final Map<String, Object> content = new LinkedHashMap<>();

    /** Puts a fact behind those that are there, or in the place of what it was; null is none. */
    public JobDescription put(String name, @org.jspecify.annotations.Nullable Object value) {
        if (value == null) {
            content.remove(name);
        } else {
            content.put(name, value);
        }
        return this;
    }

    /** Puts what is given as JSON. */
    public JobDescription putJson(String name, @org.jspecify.annotations.Nullable String json) {
        return put(name, json == null ? null : JsonFiles.MAPPER.readTree(json));
    }

    /** Writes the file whole or not at all. */
    public void write(Path file) throws IOException {
        JsonFiles.write(file, content);
    }

    /** This process and its machine. */
    public static Map<String, Object> machine() {
        Owner self = Owner.self();
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("host", self.host());
        machine.put("pid", self.pid());
        machine.put("processStart", self.processStart().toString());
        machine.put("processors", Runtime.getRuntime().availableProcessors());
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system) {
            machine.put("memoryBytes", system.getTotalMemorySize());
        }
        machine.put(
                "os",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        machine.put("java", Runtime.version().toString());
        machine.put("version", version());
        return machine;
    }

    private static String version() {
        return Optional.ofNullable(Job.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    /** A point in time as it is written in files. */
    public static String time(long millis) {
        return Objects.toString(Instant.ofEpochMilli(millis));
    }
}
