package org.reactortopology.spi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A directory of this user's for what is made once and loaded as code: archives of classes, native libraries. */
public final class UserCache {

    private UserCache() {}

    /** {@code reactor-topology} in {@code $XDG_CACHE_HOME} or {@code ~/.cache}, or else a directory of this user's in the temporary one. */
    public static Path directory() {
        String cacheHome = System.getenv("XDG_CACHE_HOME");
        Path parent = cacheHome != null && Path.of(cacheHome).isAbsolute()
                ? Path.of(cacheHome)
                : Path.of(System.getProperty("user.home"), ".cache");
        return Files.isDirectory(parent) && Files.isWritable(parent)
                ? parent.resolve("reactor-topology")
                : Path.of(System.getProperty("java.io.tmpdir"), "reactor-topology-" + System.getProperty("user.name"));
    }

    /**
     * The directory, made if it is not there. What is in it is loaded as code, so nobody else may be able to put something there.
     *
     * @throws IOException if it cannot be made, or others may write to it
     */
    public static Path secured(Path directory) throws IOException {
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (!posix) {
            return Files.createDirectories(directory);
        }
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS);
        String owner = Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).getName();
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                || !owner.equals(System.getProperty("user.name"))
                || mode.contains(PosixFilePermission.GROUP_WRITE)
                || mode.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException(directory + " is of " + owner + " with mode " + PosixFilePermissions.toString(mode)
                    + ": it must be a directory of this user that nobody else may write to");
        }
        return directory;
    }
}
