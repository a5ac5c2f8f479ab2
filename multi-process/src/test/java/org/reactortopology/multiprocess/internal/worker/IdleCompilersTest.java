package org.reactortopology.multiprocess.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdleCompilersTest {

    @Test
    void nobodyWaitsWhereNoMarkIsAskedFor() {
        assertThat(IdleCompilers.marked().toFuture()).isCompleted();
    }
}
