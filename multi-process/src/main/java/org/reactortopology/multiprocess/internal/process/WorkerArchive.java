package org.reactortopology.multiprocess.internal.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.reactortopology.multiprocess.internal.worker.IdleCompilers;
import org.reactortopology.spi.Compilers;
import org.reactortopology.spi.UserCache;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The archive from which workers load classes quickly: a class-data-sharing archive (JEP 350), from JDK 25 on a cache of JEP 514. One for each JDK and
 * class path, with the times and sizes of its jars in its name, so that a stale one is never found. A worker writes it when it ends and, where that
 * matters, its compilers are idle. Blocks.
 */
final class WorkerArchive {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerArchive.class);
    private static final int CACHE_SINCE = 25;

    /** Part of the name: archives of other versions may have been written otherwise. */
    private static final String WAY_OF_WRITING = "idle compilers";

    private static final Duration ABANDONED = Duration.ofMinutes(10);

    /**
     * Options with which a JVM that is to write an archive does not start, or writes one of other classes: agents, other archives, other modules, what puts
     * the JDK's own archive out of use, and files in which any of these may stand.
     */
    private static final Pattern DOES_NOT_GO_WITH_IT = Pattern.compile(
            "(^|[\\s'\"])("
                    + "-javaagent|-agent|-Xshare|-Xverify|-Xbootclasspath|-cp\\b|-classpath|@"
                    + "|--(class-path|patch-module|limit-modules|upgrade-module-path)"
                    + "|-XX:(Flags|VMOptionsFile)="
                    + "|-XX:\\S*(Archive|AOT|DynamicDump|CompactStrings|ObjectAlignment|CompressedClassPointers|BytecodeVerification))");

    /** Variables of the environment from which a JVM takes options too. */
    private static final List<String> OPTION_VARIABLES =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private final Path file;
    private final boolean cache;

    private WorkerArchive(Path file, boolean cache) {
        this.file = file;
        this.cache = cache;
    }

    /** The archive for this JVM's class path in that directory; empty if there can be none, which is logged. */
    static Optional<WorkerArchive> in(Path directory, List<String> jvmOptions) {
        boolean refused = forbid(jvmOptions, System.getenv()) || !jdkHasOne();
        try {
            Optional<String> key = refused ? Optional.empty() : key(jvmOptions);
            if (key.isEmpty()) {
                LOG.debug(
                        "no archive of classes: an option of workers or of the environment, a JDK without one, or a class path"
                                + " that is not all jars, forbids it");
                return Optional.empty();
            }
            boolean cache = Runtime.version().feature() >= CACHE_SINCE;
            Path file = UserCache.secured(directory).resolve(key.get() + (cache ? ".aot" : ".jsa"));
            return Optional.of(new WorkerArchive(file, cache));
        } catch (IOException e) {
            LOG.warn("workers start without an archive of classes: {}", e.toString());
            return Optional.empty();
        }
    }

    /** Whether the user's options, or those of the environment, do not go with an archive. */
    static boolean forbid(List<String> jvmOptions, Map<String, String> environment) {
        return Stream.concat(
                        jvmOptions.stream(),
                        OPTION_VARIABLES.stream().map(variable -> environment.getOrDefault(variable, "")))
                .anyMatch(options -> DOES_NOT_GO_WITH_IT.matcher(options).find());
    }

    /** What is written adds to the JDK's own archive, which small images of a JDK lack. */
    private static boolean jdkHasOne() {
        Path home = Path.of(System.getProperty("java.home"));
        return Stream.of("lib", "bin")
                .anyMatch(
                        directory -> Files.isRegularFile(home.resolve(directory).resolve("server/classes.jsa")));
    }

    Path file() {
        return file;
    }

    /** The options with which a worker uses it; none if it has not been written. */
    List<String> use() {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? List.of((cache ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + file)
                : List.of();
    }

    /** Where a worker can write it, unless it is there or being written. */
    Optional<Path> toWrite(int worker) {
        if (Files.exists(file)) {
            return Optional.empty();
        }
        String prefix = file.getFileName() + ".";
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(file.getParent(), prefix + "*")) {
            for (Path entry : entries) {
                Instant written = Files.getLastModifiedTime(entry).toInstant();
                if (written.isAfter(Instant.now().minus(ABANDONED))) {
                    return Optional.empty();
                }
                Files.deleteIfExists(entry);
            }
            String name = prefix + ProcessHandle.current().pid() + "-" + worker;
            return Optional.of(Files.createFile(file.resolveSibling(name))); // by which others see that it is under way
        } catch (IOException e) {
            LOG.debug("no archive of classes can be written", e);
            return Optional.empty();
        }
    }

    /** The options with which a worker writes it there when it ends. */
    List<String> write(Path to) {
        String option = (cache ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + to;
        return Compilers.mustBeIdleToArchive()
                ? List.of(option, "-D" + IdleCompilers.MARK_PROPERTY + "=" + mark(to))
                : List.of(option);
    }

    /** The file by which the worker says that what it writes is good. */
    private static Path mark(Path to) {
        return to.resolveSibling(to.getFileName() + ".idle");
    }

    /** The worker that was to write it has ended. */
    void written(Path to, boolean normally) {
        try {
            boolean good = Files.deleteIfExists(mark(to)) || !Compilers.mustBeIdleToArchive();
            if (normally && good && Files.size(to) > 0) {
                Files.move(to, file, StandardCopyOption.ATOMIC_MOVE);
                LOG.info("workers start from the archive of classes {} from now on", file);
            } else {
                Files.deleteIfExists(to);
                LOG.debug("no archive of classes was written");
            }
        } catch (IOException e) {
            LOG.warn("the archive of classes {} was not kept: {}", file, e.toString());
        }
    }

    /** Names JDK, options and class path; empty if the class path is not all jars, as of directories no archive can be made. */
    private static Optional<String> key(List<String> jvmOptions) throws IOException {
        StringBuilder text = new StringBuilder()
                .append(System.getProperty("java.vm.name"))
                .append(System.getProperty("java.vm.version"))
                .append(System.getProperty("java.home"))
                .append(WAY_OF_WRITING)
                .append(jvmOptions);
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path jar = Path.of(entry);
            if (!entry.endsWith(".jar") || !Files.isRegularFile(jar) || !namesJarsOnly(jar)) {
                return Optional.empty();
            }
            BasicFileAttributes attributes = Files.readAttributes(jar, BasicFileAttributes.class);
            text.append('\n')
                    .append(jar.toAbsolutePath())
                    .append(attributes.lastModifiedTime())
                    .append(attributes.size());
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return Optional.of(HexFormat.of().formatHex(hash, 0, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A jar may name directories in its manifest, which are on the class path then. */
    private static boolean namesJarsOnly(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String more = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return more == null || !(more + " ").contains("/ ");
        }
    }
}
