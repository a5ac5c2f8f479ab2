package org.reactortopology.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class GraphCommandTest {

    @ParameterizedTest
    @CsvSource({"text, half", "mermaid, flowchart", "dot, digraph", "DOT, digraph"})
    void aGraphIsPrinted(String format, String word) {
        Calls calls = new Calls();

        assertThat(calls.call("graph", RangeFactory.class.getName(), "--param", "to=3", "--format", format))
                .isZero();
        assertThat(calls.out()).contains(word);
    }
}
