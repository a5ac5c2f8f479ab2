package org.reactortopology.job.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyDigestsTest {

    @Test
    void holdsWhatWasAddedAndNothingElse() {
        KeyDigests keys = new KeyDigests();
        for (int i = 0; i < 200_000; i++) {
            assertThat(keys.add("key-" + i)).isTrue();
        }
        for (int i = 0; i < 200_000; i++) {
            assertThat(keys.contains("key-" + i)).isTrue();
            assertThat(keys.contains("other-" + i)).isFalse();
        }
        assertThat(keys.size()).isEqualTo(200_000);
    }

    @Test
    void aKeyIsAddedOnce() {
        KeyDigests keys = new KeyDigests();

        assertThat(keys.add("a")).isTrue();
        assertThat(keys.add("a")).isFalse();
        assertThat(keys.size()).isOne();
    }

    @Test
    void keysThatDifferInLengthOrZerosOnlyDiffer() {
        KeyDigests keys = new KeyDigests();

        assertThat(keys.add("")).isTrue();
        assertThat(keys.add("\0")).isTrue();
        assertThat(keys.add("\0\0\0\0")).isTrue();
        assertThat(keys.add("\0\0\0\0\0")).isTrue();
        assertThat(keys.add("aaaa")).isTrue();
        assertThat(keys.add("aaaaa")).isTrue();
        assertThat(keys.add("aaaab")).isTrue();
    }
}
