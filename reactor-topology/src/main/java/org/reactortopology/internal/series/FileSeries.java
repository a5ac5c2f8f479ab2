package org.reactortopology.internal.series;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Series;
import org.reactortopology.SeriesException;

/** The files of one directory that match a glob, in natural order; lists the directory once, when first asked. */
public final class FileSeries implements Series<Path> {

    private final Path directory;
    private final String glob;

    /** Written once by whoever asks first, under this object's lock; read under it too. */
    private @Nullable List<Path> listed;

    /** Names the directory and the glob; reads nothing yet. */
    public FileSeries(Path directory, String glob) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.glob = Objects.requireNonNull(glob, "glob");
    }

    @Override
    public long size() {
        return files().size();
    }

    @Override
    public String keyAt(long index) {
        return fileName(valueAt(index));
    }

    @Override
    public Path valueAt(long index) {
        return files().get(Math.toIntExact(index));
    }

    @Override
    public String describe() {
        return "files(" + directory + ", " + glob + ")";
    }

    @Override
    public Series<Path> snapshot() {
        FileSeries snapshot = new FileSeries(directory, glob);
        snapshot.files();
        return snapshot;
    }

    private synchronized List<Path> files() {
        List<Path> files = listed;
        if (files == null) {
            files = list();
            listed = files;
        }
        return files;
    }

    private List<Path> list() {
        try (Stream<Path> entries = Files.list(directory)) {
            PathMatcher matcher = directory.getFileSystem().getPathMatcher("glob:" + glob);
            return entries.filter(path -> matcher.matches(path.getFileName()) && Files.isRegularFile(path))
                    .sorted(Comparator.comparing(FileSeries::fileName, NaturalOrder.INSTANCE))
                    .toList();
        } catch (NoSuchFileException e) {
            throw new SeriesException("directory '" + directory + "' does not exist: give one that does", e);
        } catch (NotDirectoryException e) {
            throw new SeriesException(
                    "'" + directory + "' is not a directory: give the directory that holds the files", e);
        } catch (java.util.regex.PatternSyntaxException e) {
            throw new SeriesException(
                    "glob '" + glob + "' is not valid (" + e.getDescription()
                            + "): write it like *.tif or img_{a,b}*.png",
                    e);
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new SeriesException("directory '" + directory + "' cannot be listed: " + e, e);
        }
    }

    private static String fileName(Path path) {
        return String.valueOf(path.getFileName());
    }
}
