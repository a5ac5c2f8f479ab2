package org.reactortopology.multiprocess.internal.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlackBoxTest {

    @TempDir
    Path temporary;

    @Test
    void whatWasBegunAndNotEndedIsInTheFile() throws IOException {
        Path file = temporary.resolve("box");
        BlackBox.create(file);
        BlackBox box = BlackBox.map(file);
        box.enter(0);
        box.enter(7);
        box.enter(BlackBox.SLOTS + 7L); // the same place
        box.enter(Long.MAX_VALUE - 1);
        box.leave(7);

        assertThat(BlackBox.read(file).numbers())
                .containsExactlyInAnyOrder(0L, BlackBox.SLOTS + 7L, Long.MAX_VALUE - 1);
        assertThat(BlackBox.read(file).isComplete()).isTrue();
        box.clear();
        assertThat(BlackBox.read(file).numbers()).isEmpty();
    }

    @Test
    void itSaysWhenANumberFoundNoPlace() {
        BlackBox box = BlackBox.inMemory();
        for (long i = 0; i < 300; i++) {
            box.enter(i * BlackBox.SLOTS);
        }
        assertThat(box.isComplete()).isFalse();
    }

    @Test
    void manyThreadsEnterAndLeave() {
        BlackBox box = BlackBox.inMemory();
        Set<Long> left = new HashSet<>();
        IntStream.range(0, 8).parallel().forEach(thread -> {
            Random random = new Random(thread);
            Set<Long> mine = new HashSet<>();
            for (int i = 0; i < 50_000; i++) {
                long number = thread + 8L * random.nextInt(200_000);
                if (mine.size() < 200 && mine.add(number)) {
                    box.enter(number);
                } else if (!mine.isEmpty()) {
                    long ended = mine.iterator().next();
                    mine.remove(ended);
                    box.leave(ended);
                }
            }
            synchronized (left) {
                left.addAll(mine);
            }
        });
        assertThat(box.isComplete()).isTrue();
        assertThat(box.numbers()).isEqualTo(left);
    }

    @Test
    void aFileThatIsThereOrIsNoneIsRefused() throws IOException {
        Path file = Files.writeString(temporary.resolve("other"), "x");
        assertThatThrownBy(() -> BlackBox.create(file)).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> BlackBox.map(file)).hasMessageContaining("has 1 bytes");
        assertThatThrownBy(() -> BlackBox.read(file)).hasMessageContaining("has 1 bytes");
    }
}
