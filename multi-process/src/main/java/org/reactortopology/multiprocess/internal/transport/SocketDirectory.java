package org.reactortopology.multiprocess.internal.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fresh directory that only this user may enter, for one run's socket and argument file. Its name carries the pid of its owner, so that what
 * a killed owner left behind is recognised and removed by the next; and where there are such, the name space of that pid: containers may share the place
 * without seeing each other's processes, and leave alone what is of another name space.
 */
public final class SocketDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(SocketDirectory.class);
    private static final Pattern NAME = Pattern.compile("rtopology-(\\d{1,18})-(?:n(\\d{1,18})-)?.*");

    /** What Linux tells of the name space of this process's pid. */
    private static final Pattern NAME_SPACE = Pattern.compile("pid:\\[(\\d{1,18})]");

    /** Room in {@code sockaddr_un.sun_path} of Linux and macOS, the terminating zero taken off. */
    private static final int MAX_SOCKET_PATH = 103;

    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    private final Path directory;

    private SocketDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes one in {@code parent}, after removing those of dead owners.
     *
     * @throws IOException also if what was made is not this user's alone
     */
    public static SocketDirectory create(Path parent) throws IOException {
        boolean posix = parent.getFileSystem().supportedFileAttributeViews().contains("posix");
        removeStale(parent, posix ? PeerUser.own() : null);
        String prefix = "rtopology-" + ProcessHandle.current().pid() + "-"
                + nameSpace().map(space -> "n" + space + "-").orElse("");
        if (!posix) { // there the directory of temporary files is the user's own
            return new SocketDirectory(Files.createTempDirectory(parent, prefix));
        }
        Path made = Files.createTempDirectory(parent, prefix, PosixFilePermissions.asFileAttribute(PRIVATE));
        try {
            checkPrivate(made, PeerUser.own());
        } catch (IOException e) {
            Files.deleteIfExists(made); // no file has been put there
            throw e;
        }
        return new SocketDirectory(made);
    }

    /** Some file systems ignore the mode that is asked for, and nobody but its owner can swap a directory for another. */
    static void checkPrivate(Path directory, UserPrincipal owner) throws IOException {
        PosixFileAttributes seen =
                Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!seen.isDirectory()
                || !seen.owner().equals(owner)
                || !seen.permissions().equals(PRIVATE)) {
            throw new IOException(directory + " is a " + (seen.isDirectory() ? "directory" : "file") + " of user '"
                    + seen.owner().getName() + "' with mode " + PosixFilePermissions.toString(seen.permissions())
                    + ": a directory of user '" + owner.getName() + "' with mode "
                    + PosixFilePermissions.toString(PRIVATE)
                    + " is needed; set java.io.tmpdir to a directory on a file system that keeps owners and modes");
        }
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
    public static void removeLeftBehind(@Nullable Path directory) {
        if (directory != null
                && NAME.matcher(String.valueOf(directory.getFileName())).matches()) {
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

    private static void removeStale(Path parent, @Nullable UserPrincipal own) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, "rtopology-*")) {
            for (Path entry : entries) {
                Matcher name = NAME.matcher(String.valueOf(entry.getFileName()));
                if (name.matches()
                        && isOfThisNameSpace(name.group(2))
                        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()
                        && Files.isWritable(entry)
                        && isOwn(entry, own)) {
                    LOG.info("removing {}, whose owner is gone", entry);
                    remove(entry);
                }
            }
        }
    }

    private static boolean isOfThisNameSpace(@Nullable String named) {
        return named == null || nameSpace().map(named::equals).orElse(false);
    }

    /** The number of the name space of pids, where the operating system has such. */
    private static Optional<String> nameSpace() {
        try {
            Matcher link = NAME_SPACE.matcher(
                    Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString());
            return link.matches() ? Optional.of(link.group(1)) : Optional.empty();
        } catch (IOException | UnsupportedOperationException e) {
            LOG.trace("no name spaces of pids here", e);
            return Optional.empty();
        }
    }

    /** What another user has put there he can swap for a link while it is being emptied. */
    private static boolean isOwn(Path entry, @Nullable UserPrincipal own) {
        try {
            return own == null || own.equals(Files.getOwner(entry, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            LOG.debug("{} was removed by someone else at the same time", entry, e);
            return false;
        }
    }
}
