package org.reactortopology.examples.piv;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Recorded images, which are not part of the repository: tests that need them are skipped where they are absent. */
final class RealData {

    private RealData() {}

    /** A file or folder of {@code shared/data}, which is looked for beside the repository and above it. */
    static Path find(String name) {
        Path data = data();
        assumeTrue(
                data != null,
                "skipped: no folder 'shared/data' with recorded images beside the repository or above it");
        Path found = data.resolve(name);
        assumeTrue(Files.exists(found), () -> "skipped: no recorded images " + found);
        return found;
    }

    private static @Nullable Path data() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path candidate = folder.resolve("shared").resolve("data");
            if (Files.isDirectory(candidate)) {
                return candidate;
            }
        }
        return null;
    }
}
