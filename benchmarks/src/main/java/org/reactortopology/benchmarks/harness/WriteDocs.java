package org.reactortopology.benchmarks.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Keeps results beside the documentation and fills its pages from them: {@code RESULTS DOCS}. Every {@code results.json} below RESULTS goes to
 * {@code DOCS/performance/SUITE.json} with its principal pictures, then every page {@code DOCS/*.md} is filled from there. Results of the short form are refused.
 */
public final class WriteDocs {

    private static final String KEPT = "performance";

    private WriteDocs() {}

    /** Writes; ends with 0. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws IOException {
        Path from = Path.of(args[0]);
        Path docs = Path.of(args[1]);
        List<String> names = List.of(args).subList(2, args.length);
        for (Results results : ResultsFile.read(from)) {
            if (names.isEmpty() || names.contains(results.suite())) {
                keep(results, from.resolve(results.suite()), docs.resolve(KEPT));
            }
        }
        for (Path page : fill(docs)) {
            System.out.println("filled " + page);
        }
    }

    private static void keep(Results results, Path from, Path to) throws IOException {
        if (results.shortForm()) {
            throw new IllegalArgumentException(
                    results.suite() + " was measured in the short form, which no page quotes: run it without --short");
        }
        ResultsFile.write(results, to.resolve(results.suite() + ".json"));
        for (Plots.Picture picture : Plots.principal(results)) {
            Path file = from.resolve(picture.fileName());
            if (Files.exists(file)) {
                Files.copy(file, to.resolve(picture.fileName(results.suite())), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Fills the pages of a directory from the results that are kept in it; returns those that changed. */
    static List<Path> fill(Path docs) throws IOException {
        Map<String, Results> kept = new TreeMap<>();
        if (Files.isDirectory(docs.resolve(KEPT))) {
            ResultsFile.read(docs.resolve(KEPT)).forEach(results -> kept.put(results.suite(), results));
        }
        try (Stream<Path> pages = Files.list(docs)) {
            return pages.filter(page -> page.toString().endsWith(".md"))
                    .sorted()
                    .filter(page -> changed(page, kept))
                    .toList();
        }
    }

    private static boolean changed(Path page, Map<String, Results> kept) {
        try {
            String before = Files.readString(page);
            String after = Page.fill(before, kept, KEPT);
            if (after.equals(before)) {
                return false;
            }
            Files.writeString(page, after);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
