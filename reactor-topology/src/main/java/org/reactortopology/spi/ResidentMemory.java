package org.reactortopology.spi;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How much memory the operating system has given to a process: from {@code /proc}, or by {@code ps} where there is none. */
public final class ResidentMemory {

    private static final Logger LOG = LoggerFactory.getLogger(ResidentMemory.class);
    private static final Pattern LINE = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB");
    private static final long KIB = 1024;

    private ResidentMemory() {}

    /** In bytes; 0 if it cannot be told, as of a process that has ended. Blocks. */
    public static long of(long pid) {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        try {
            if (Files.exists(Path.of("/proc", "self", "status"))) {
                Matcher matcher = LINE.matcher(Files.readString(status));
                return matcher.find() ? KIB * Long.parseLong(matcher.group(1)) : 0;
            }
            return byPs(pid);
        } catch (IOException | NumberFormatException e) {
            LOG.debug("the memory of process {} cannot be told", pid, e);
            return 0;
        }
    }

    private static long byPs(long pid) throws IOException {
        Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader out = ps.inputReader()) {
            String line = out.readLine();
            return line == null ? 0 : KIB * Long.parseLong(line.trim());
        }
    }
}
