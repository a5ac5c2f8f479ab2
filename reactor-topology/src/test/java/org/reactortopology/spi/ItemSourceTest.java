package org.reactortopology.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactortopology.DuplicateKeyException;
import org.reactortopology.Series;
import org.reactortopology.SourceFailedException;
import org.reactortopology.TopologyException;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class ItemSourceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Numbers whose key and value at index 2 may be odd. */
    private record Odd(String key, Long value) implements Series<Long> {
        @Override
        public long size() {
            return 4;
        }

        @Override
        public String keyAt(long index) {
            return index == 2 ? key : Long.toString(index);
        }

        @Override
        public Long valueAt(long index) {
            if (index == 3) {
                throw new IllegalStateException("unreadable");
            }
            return index == 2 ? value : Long.valueOf(index);
        }

        @Override
        public String describe() {
            return "odd";
        }
    }

    @Test
    void aPartOfASeriesKeepsTheIndexesOfTheWhole() {
        StepVerifier.create(ItemSource.range("numbers", Series.range(10, 20, 1), 3, 5), 1)
                .expectNext(Item.of("13", 3, 13L))
                .thenRequest(5)
                .expectNext(Item.of("14", 4, 14L))
                .expectComplete()
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " \t"})
    void aSeriesWithABadKeyIsAnErrorThatNamesSourceAndIndex(String key) {
        StepVerifier.create(ItemSource.items(new Source.OfSeries("numbers", new Odd(key, 2L))))
                .expectNextCount(2)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(TopologyException.class)
                        .hasMessage("source 'numbers' gave the item at index 2 the key "
                                + (key == null ? "null" : "'" + key + "'")
                                + ": a key must not be null or blank; change the key function"))
                .verify(PATIENCE);
    }

    @Test
    void aSeriesWithANullIsAnErrorThatNamesTheSource() {
        StepVerifier.create(ItemSource.items(new Source.OfSeries("numbers", new Odd("2", null))))
                .expectNextCount(2)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(SourceFailedException.class)
                        .hasMessageStartingWith("source 'numbers' failed after 2 items:"))
                .verify(PATIENCE);
    }

    @Test
    void aSeriesThatThrowsIsAnErrorThatNamesTheSource() {
        StepVerifier.create(ItemSource.items(new Source.OfSeries("numbers", new Odd("2", 2L))))
                .expectNextCount(3)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(SourceFailedException.class)
                        .hasMessage(
                                "source 'numbers' failed after 3 items: java.lang.IllegalStateException: unreadable"))
                .verify(PATIENCE);
    }

    @Test
    void aKeyFunctionThatThrowsIsAnErrorThatNamesTheSource() {
        Source source = new Source.OfPublisher("numbers", Flux.just(1, 2), value -> {
            throw new IllegalStateException("no key");
        });

        StepVerifier.create(ItemSource.items(source))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(SourceFailedException.class)
                        .hasMessage("source 'numbers' failed after 0 items: java.lang.IllegalStateException: no key"))
                .verify(PATIENCE);
    }

    @Test
    void aDuplicateKeyTellsBothIndexesAndEachSubscriptionBeginsAnew() {
        Flux<Item> items = ItemSource.items(new Source.OfPublisher("numbers", Flux.just(1, 2, 3, 2), Object::toString));
        for (int i = 0; i < 2; i++) {
            StepVerifier.create(items)
                    .expectNextCount(3)
                    .expectErrorSatisfies(error -> {
                        assertThat(error)
                                .isInstanceOf(DuplicateKeyException.class)
                                .hasMessageContaining("'2' twice, at index 1 and at index 3");
                        assertThat(((DuplicateKeyException) error).key()).isEqualTo("2");
                    })
                    .verify(PATIENCE);
        }
    }

    /** The same key at every index. */
    private record Alike(boolean hasUniqueKeys) implements Series<Long> {
        @Override
        public long size() {
            return 3;
        }

        @Override
        public String keyAt(long index) {
            return "same";
        }

        @Override
        public Long valueAt(long index) {
            return index;
        }

        @Override
        public String describe() {
            return "alike";
        }
    }

    @Test
    void theKeysOfASeriesThatSaysTheyAreUniqueAreNotRemembered() {
        StepVerifier.create(ItemSource.range("numbers", new Alike(false), 0, 3))
                .expectNextCount(1)
                .expectError(DuplicateKeyException.class)
                .verify(PATIENCE);
        for (Series<Long> series : List.of(new Alike(true), new Alike(true).slice(0, 3, 1))) {
            StepVerifier.create(ItemSource.range("numbers", series, 0, 3))
                    .expectNextCount(3)
                    .expectComplete()
                    .verify(PATIENCE);
        }
    }
}
