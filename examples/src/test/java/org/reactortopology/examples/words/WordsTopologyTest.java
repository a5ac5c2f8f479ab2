package org.reactortopology.examples.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.Outcome;
import org.reactortopology.SequentialExecutor;
import org.reactortopology.Topology;
import org.reactortopology.examples.words.WordsTopology.Counted;

class WordsTopologyTest {

    @TempDir
    Path texts;

    @Test
    void countsWhatStandsBetweenBlanks() throws Exception {
        Map<String, Long> words =
                Map.of("one two", 2L, "", 0L, " \n\t", 0L, "one", 1L, "  one\n\ntwo\tthree \r\n", 3L, "é è", 2L);
        int number = 0;
        for (String text : words.keySet()) {
            Files.writeString(texts.resolve(number++ + ".txt"), text);
        }

        var counted = SequentialExecutor.create()
                .run(Topology.from(WordsTopology.class, new WordsTopology.Params(texts, "*.txt")))
                .outcomes()
                .collectList()
                .block();

        assertThat(counted).hasSize(words.size()).allSatisfy(outcome -> {
            Counted value = ((Outcome.Done<Counted>) outcome).value();
            String text = Files.readString(texts.resolve(value.file()));
            assertThat(value.words()).as(text).isEqualTo(words.get(text));
            assertThat(value.bytes()).isEqualTo(Files.size(texts.resolve(value.file())));
        });
    }
}
