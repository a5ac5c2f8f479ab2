package org.reactortopology.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes {@code results.json}; its form is described in {@code benchmarks/README.md}. */
public final class ResultsFile {

    /** Its name in the directory of a suite. */
    public static final String NAME = "results.json";

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ResultsFile() {}

    /** Writes the file and the directories above it. */
    public static void write(Results results, Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text(results));
    }

    /** What the file holds. */
    public static String text(Results results) {
        return MAPPER.writeValueAsString(results) + "\n";
    }

    /** Reads what {@link #text} gave; refuses another version of the form. */
    public static Results parse(String text) {
        Results results = MAPPER.readValue(text, Results.class);
        if (results.schema() != Results.SCHEMA) {
            throw new IllegalArgumentException("results of schema " + results.schema() + ", this reads "
                    + Results.SCHEMA + ": measure again with the benchmarks of this version");
        }
        return results;
    }

    /** Reads a file, or every {@code *.json} with results below a directory, by suite. */
    public static List<Results> read(Path fileOrDirectory) throws IOException {
        if (!Files.isDirectory(fileOrDirectory)) {
            return List.of(parse(Files.readString(fileOrDirectory)));
        }
        List<Results> all = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(fileOrDirectory)) {
            for (Path file : tree.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                all.add(parse(Files.readString(file)));
            }
        }
        return all;
    }
}
