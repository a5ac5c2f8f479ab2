package org.reactortopology.job.internal.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.reactortopology.AtomicFiles;
import org.reactortopology.spi.UserCache;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's native library as a file that stays. The driver would unpack it anew in each process, into the temporary directory, and a process that is
 * killed would leave it there, a megabyte each time.
 */
public final class NativeLibrary {

    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);
    private static final String PATH = "org.sqlite.lib.path";
    private static final String NAME = "org.sqlite.lib.name";

    private NativeLibrary() {}

    /** Tells the driver where the library is, unless the user has, or it has been loaded. Where it cannot be kept, the driver unpacks it itself. */
    public static void keep() {
        if (System.getProperty(PATH) != null) {
            return;
        }
        String name = LibraryLoaderUtil.getNativeLibName();
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
        try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            if (in == null) {
                return; // a platform that the driver has no library for says so itself
            }
            Path directory = Files.createDirectories(
                    UserCache.secured(UserCache.directory()).resolve("sqlite-" + SQLiteJDBCLoader.getVersion()));
            Path library = directory.resolve(resource.substring(1).replace('/', '-'));
            byte[] bytes = in.readAllBytes();
            if (!Files.isRegularFile(library, LinkOption.NOFOLLOW_LINKS) || Files.size(library) != bytes.length) {
                AtomicFiles.write(library, temporary -> Files.write(temporary, bytes));
            }
            System.setProperty(NAME, library.getFileName().toString());
            System.setProperty(PATH, directory.toString());
        } catch (IOException | RuntimeException e) {
            LOG.debug("SQLite's library is not kept: the driver unpacks it for this process", e);
        }
    }
}
