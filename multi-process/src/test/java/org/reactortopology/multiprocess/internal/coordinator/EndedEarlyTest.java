package org.reactortopology.multiprocess.internal.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.reactortopology.multiprocess.WorkerStartException;

class EndedEarlyTest {

    @Test
    void onlySignalsThatAnyoneMaySendComeFromOutside() {
        assertThat(fromOutside(128 + 9)).isTrue();
        assertThat(fromOutside(128 + 15)).isTrue();
        assertThat(fromOutside(1)).isFalse();
        assertThat(EndedEarly.isFromOutside(new WorkerStartException("no disk")))
                .isFalse();
    }

    private static boolean fromOutside(int exitCode) {
        WorkerEnding ending = new WorkerEnding(OptionalInt.of(exitCode), "it ended", Optional.empty(), "");
        return EndedEarly.isFromOutside(new WorkerStartException("it ended", new EndedEarly(ending)));
    }
}
