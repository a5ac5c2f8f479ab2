package org.reactortopology.examples.words;

import static org.reactortopology.Work.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;

/** Counts the words of each file of a directory, as {@code wc -w} does: words are what stands between blanks and ends of lines. */
public final class WordsTopology implements TopologyFactory<WordsTopology.Params, WordsTopology.Counted> {

    /**
     * Which files.
     *
     * @param input directory of the files
     * @param pattern glob of their names
     */
    public record Params(Path input, String pattern) {

        /** All text files of {@code texts}. */
        public static Params defaults() {
            return new Params(Path.of("texts"), "*.txt");
        }
    }

    /** What one file holds. */
    public record Counted(String file, long bytes, long words) {

        /** Counts; the file is read whole, so it should be small. */
        static Counted of(Path file) throws IOException {
            byte[] text = Files.readAllBytes(file);
            long words = 0;
            boolean inWord = false;
            for (byte character : text) {
                boolean blank = character == ' ' || (character >= '\t' && character <= '\r');
                words += inWord || blank ? 0 : 1;
                inWord = !blank;
            }
            return new Counted(String.valueOf(file.getFileName()), text.length, words);
        }
    }

    @Override
    public Topology<Counted> create(Params params) {
        return Topology.named("words")
                .types(Counted.class)
                .source("files", Series.files(params.input(), params.pattern()))
                // small files are in memory mostly: a hop to threads that may wait costs more than reading them
                .map("count", cpu(Counted::of))
                .build();
    }
}
