package org.reactortopology.spi;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactortopology.RetryPolicy;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.Work;
import org.reactortopology.WorkContext;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What somebody outside is told of calls under deadlines. */
@Timeout(120)
class WorkWatchTest {

    private static final Duration PATIENCE = ofSeconds(30);

    private record Told(String what, int work, Item item, Thread thread) {
        @Override
        public String toString() {
            return what + " " + work;
        }
    }

    private final List<Told> told = Collections.synchronizedList(new ArrayList<>());

    private final WorkWatch watch = new WorkWatch() {
        @Override
        public void began(int work, Item item) {
            told.add(new Told("began", work, item, Thread.currentThread()));
        }

        @Override
        public void ticked(int work, Item item) {
            told.add(new Told("ticked", work, item, Thread.currentThread()));
        }

        @Override
        public void ended(int work, Item item) {
            told.add(new Told("ended", work, item, Thread.currentThread()));
        }
    };

    @Test
    void callsUnderDeadlinesAreToldOfAndNoOthers() {
        run(Topology.named("all")
                .source("numbers", Series.range(0, 2, 1))
                .map("free", Work.<Long, Long>cpu(n -> n))
                .map("total", Work.<Long, Long>cpu(n -> n).timeout(PATIENCE))
                .map("silent", Work.<Long, Long>cpu(WorkWatchTest::failing).silence(PATIENCE))
                .filter("io", Work.<Long, Boolean>io(n -> true).timeout(PATIENCE))
                .map("later", Work.<Long, Long>async(Mono::just).timeout(PATIENCE))
                .map("again", Work.<Long, Long>cpu(n -> n).retry(RetryPolicy.failures(1)))
                .build());

        assertThat(of("0"))
                .extracting(Told::toString)
                .containsExactly("began 1", "ended 1", "began 2", "ended 2", "began 3", "ended 3");
        assertThat(of("1"))
                .extracting(Told::toString)
                .as("the one whose call throws")
                .containsExactly("began 1", "ended 1", "began 2", "ended 2");
        assertPaired();
    }

    @Test
    void eachAttemptBeginsAndEnds() {
        List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
        run(Topology.named("again")
                .source("numbers", Series.range(1, 2, 1))
                .map(
                        "work",
                        Work.<Long, Long>io(n -> {
                                    threads.add(Thread.currentThread());
                                    return failing(n);
                                })
                                .timeout(PATIENCE)
                                .retry(RetryPolicy.failures(2)))
                .build());

        assertThat(told)
                .extracting(Told::toString)
                .containsExactly("began 0", "ended 0", "began 0", "ended 0", "began 0", "ended 0");
        assertPaired();
        assertThat(told.stream().filter(each -> each.what().equals("began")).map(Told::thread))
                .containsExactlyElementsOf(threads);
    }

    @Test
    void progressIsToldOfFourTimesInALimitAtMost() {
        VirtualTimeScheduler clock = VirtualTimeScheduler.create();
        VirtualTimeScheduler.getOrSet(clock);
        try {
            run(Topology.named("ticking")
                    .source("numbers", Series.range(0, 1, 1))
                    .map(
                            "work",
                            Work.<Long, Long>cpu(n -> {
                                        for (int i = 0; i < 100; i++) {
                                            clock.advanceTimeBy(ofMillis(10));
                                            WorkContext.current().tick();
                                        }
                                        return n;
                                    })
                                    .silence(ofMillis(200)))
                    .build());
        } finally {
            VirtualTimeScheduler.reset();
        }

        assertThat(told.stream().filter(each -> each.what().equals("ticked"))).hasSize(20);
        assertThat(told.get(0).what()).isEqualTo("began");
        assertThat(told.get(21).what()).isEqualTo("ended");
        assertThat(told).allMatch(each -> each.item() == told.get(0).item());
    }

    @Test
    void progressIsNotToldOfWhereNoSilenceIsLimited() {
        run(Topology.named("ticking")
                .source("numbers", Series.range(0, 1, 1))
                .map(
                        "work",
                        Work.<Long, Long>cpu(n -> {
                                    WorkContext.current().tick();
                                    return n;
                                })
                                .timeout(PATIENCE))
                .build());

        assertThat(told).extracting(Told::toString).containsExactly("began 0", "ended 0");
    }

    /** Each begin has its end next to it, on the same thread and with the same item. */
    private void assertPaired() {
        for (int work = 0; work < 8; work++) {
            for (String key : List.of("0", "1")) {
                int place = work;
                List<Told> calls =
                        of(key).stream().filter(each -> each.work() == place).toList();
                for (int i = 0; i < calls.size(); i += 2) {
                    assertThat(calls.get(i).item()).isSameAs(calls.get(i + 1).item());
                    assertThat(calls.get(i).thread()).isSameAs(calls.get(i + 1).thread());
                }
            }
        }
    }

    private List<Told> of(String key) {
        return told.stream().filter(each -> each.item().key().equals(key)).toList();
    }

    private static Long failing(Long n) {
        if (n == 1) {
            throw new IllegalStateException();
        }
        return n;
    }

    private void run(Topology<?> topology) {
        TopologyPlan plan = topology.plan();
        SliceEngine engine = SliceEngine.slice(plan, new WorkStats(plan), 2, Map.of(), watch);
        Flux<Item> in = ItemSource.items(plan.source(), new KeysInFlight());
        engine.run(in, Function.identity(), Item::outcome).blockLast(PATIENCE);
        engine.release().block(PATIENCE);
    }
}
