package org.reactortopology.multiprocess.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody else gets into the directory, and nothing of anybody else's is removed. */
class SocketDirectoryTest {

    @TempDir
    Path parent;

    @BeforeEach
    void needsModes() {
        assumeTrue(parent.getFileSystem().supportedFileAttributeViews().contains("posix"));
    }

    @Test
    void onlyThisUserMayEnter() throws IOException {
        SocketDirectory made = SocketDirectory.create(parent);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.path())))
                .isEqualTo("rwx------");
        assertThat(Files.getOwner(made.path())).isEqualTo(PeerUser.own());
        made.remove();
        assertThat(made.path()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-xr-x", "rwx-----x", "rwxrwxrwx", "rwx--x---", "r-x------"})
    void anyOtherModeIsRefusedWithTheFix(String mode) throws IOException {
        Path open = Files.createDirectory(parent.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString(mode));

        assertThatThrownBy(() -> SocketDirectory.checkPrivate(open, PeerUser.own()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(mode)
                .hasMessageContaining("rwx------")
                .hasMessageContaining("java.io.tmpdir");
    }

    @Test
    void anotherOwnerIsRefused() throws IOException {
        SocketDirectory made = SocketDirectory.create(parent);
        UserPrincipal mallory = () -> "mallory";

        assertThatThrownBy(() -> SocketDirectory.checkPrivate(made.path(), mallory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("mallory");
        SocketDirectory.checkPrivate(made.path(), PeerUser.own());
    }

    @Test
    void aLinkInItsPlaceIsRefused() throws IOException {
        SocketDirectory made = SocketDirectory.create(parent);
        Path link = Files.createSymbolicLink(parent.resolve("link"), made.path());

        assertThatThrownBy(() -> SocketDirectory.checkPrivate(link, PeerUser.own()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is a file");
    }

    /** Its pid may be alive where it was made. */
    @Test
    void whatIsOfAnotherNameSpaceIsLeftAndWhatIsOfThisOneIsRemoved() throws IOException {
        SocketDirectory made = SocketDirectory.create(parent);
        String own = made.path().getFileName().toString();
        assumeTrue(own.matches("rtopology-\\d+-n\\d+-.*"), "no name spaces here");
        String space = own.replaceFirst("rtopology-\\d+-n(\\d+)-.*", "$1");
        Path other = Files.createDirectory(parent.resolve("rtopology-999999998-n1-x"));
        Path here = Files.createDirectory(parent.resolve("rtopology-999999998-n" + space + "-x"));

        SocketDirectory.create(parent);

        assertThat(other).exists();
        assertThat(here).doesNotExist();
        assertThat(made.path()).exists();
    }

    /** Whoever owns it could put a link in its place while it is being emptied. */
    @Test
    void whatAnotherUserLeftIsNotTouched() throws IOException {
        Path theirs = Files.createDirectory(parent.resolve("rtopology-999999998-x"));
        Path file = Files.createFile(theirs.resolve("args"));
        Path own = Files.createDirectory(parent.resolve("rtopology-999999997-x"));
        try {
            Files.setOwner(
                    theirs,
                    theirs.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        } catch (IOException e) {
            assumeTrue(false, "only root can give a file away: " + e);
        }

        SocketDirectory.create(parent);

        assertThat(file).exists();
        assertThat(own).doesNotExist();
    }
}
