package org.reactortopology.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutorChoiceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sequential",
                "parallel",
                "parallel --threads 3",
                "multi-process",
                "multi-process --workers 2",
                "multi-process --workers 2 --threads 1"
            })
    void itsWordsAreReadBack(String words) {
        assertThat(ExecutorChoice.parse(words)).hasValueSatisfying(choice -> {
            assertThat(choice).hasToString(words);
            assertThat(choice.executor()).hasToString(words);
        });
    }

    @ParameterizedTest
    @CsvSource({"SequentialExecutor, sequential", "ParallelExecutor, parallel", "MultiProcessExecutor, multi-process"})
    void theNameOfItsClassNamesTheKind(String name, String words) {
        assertThat(ExecutorChoice.parse(name))
                .hasValueSatisfying(choice -> assertThat(choice).hasToString(words));
    }

    @Test
    void otherWordsAreNotGuessed() {
        assertThat(ExecutorChoice.parse("MyExecutor")).isEmpty();
        assertThat(ExecutorChoice.parse("parallel --lanes 2")).isEmpty();
    }
}
