package org.reactortopology.multiprocess.internal.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fresh directory that only this user may enter, for one run's socket and argument file. Its name carries the pid of its owner, so that what
 * a killed owner left behind is recognised and removed by the next.
 */
public final class SocketDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(SocketDirectory.class);
    private static final Pattern NAME = Pattern.compile("rtopology-(\\d{1,18})-.*");

    /** Room in {@code sockaddr_un.sun_path} of Linux and macOS, the terminating zero taken off. */
    private static final int MAX_SOCKET_PATH = 103;

    private final Path directory;

    private SocketDirectory(Path directory) {
        this.directory = directory;
    }

    /** Makes one in {@code parent}, after removing those of dead owners. */
    public static SocketDirectory create(Path parent) throws IOException {
        removeStale(parent);
        String prefix = "rtopology-" + ProcessHandle.current().pid() + "-";
        boolean posix = parent.getFileSystem().supportedFileAttributeViews().contains("posix");
        return new SocketDirectory(
                posix
                        ? Files.createTempDirectory(
                                parent,
                                prefix,
                                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
                        : Files.createTempDirectory(parent, prefix));
    }

    /** The directory itself. */
    public Path path() {
        return directory;
    }

    /** Where the socket goes. */
    public Path socket() {
        return directory.resolve("s");
    }

    /** Whether the operating system takes a socket of that path. */
    public boolean socketFits() {
        return socket().toString().getBytes(StandardCharsets.UTF_8).length <= MAX_SOCKET_PATH;
    }

    /** Where the argument file goes. */
    public Path arguments() {
        return directory.resolve("args");
    }

    /** Removes the directory with all that is in it. */
    public void remove() {
        remove(directory);
    }

    /** Removes a directory that {@link #create} made in another process, which can no longer do it. Any other is left alone. */
    public static void removeLeftBehind(Path directory) {
        if (NAME.matcher(String.valueOf(directory.getFileName())).matches()) {
            remove(directory);
        }
    }

    /** Removes a directory with the files in it. */
    public static void remove(Path directory) {
        try {
            if (Files.isDirectory(
                    directory, LinkOption.NOFOLLOW_LINKS)) { // never through a link that someone else put there
                try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
                    for (Path entry : entries) {
                        Files.deleteIfExists(entry);
                    }
                }
            }
            Files.deleteIfExists(directory);
        } catch (NoSuchFileException e) {
            LOG.debug("{} was removed by someone else at the same time", directory);
        } catch (IOException e) {
            LOG.warn("the directory {} was left behind", directory, e);
        }
    }

    private static void removeStale(Path parent) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, "rtopology-*")) {
            for (Path entry : entries) {
                Matcher name = NAME.matcher(String.valueOf(entry.getFileName()));
                if (name.matches()
                        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()
                        && Files.isWritable(entry)) {
                    LOG.info("removing {}, whose owner is gone", entry);
                    remove(entry);
                }
            }
        }
    }
}
