package org.reactortopology.job.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reactortopology.Work.cpu;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactortopology.Outcome;
import org.reactortopology.SequentialExecutor;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.job.Job;
import org.reactortopology.job.JobException;
import org.reactortopology.job.JobMode;
import org.reactortopology.job.internal.ledger.Admission;
import org.reactortopology.job.internal.ledger.KeptValues;
import org.reactortopology.multiprocess.Codec;

@Timeout(60)
class JobObserverTest {

    @TempDir
    Path directory;

    private final List<Throwable> failures = new ArrayList<>();

    static Stream<Supplier<Throwable>> thrown() {
        return Stream.of(
                () -> new IllegalStateException("state"),
                () -> new NoClassDefFoundError("missing"),
                () -> new AssertionError("false"),
                () -> new StackOverflowError("deep"));
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void whateverACodecThrowsWhenItEncodesFailsTheRunOnly(Supplier<Throwable> thrown) throws Exception {
        try (KeptValues kept = new KeptValues(directory.resolve("ledger.db"))) {
            JobObserver observer = observer(thrown, JobMode.FRESH, kept);

            observer.kept("0", 0, 1L);

            assertThat(JobObserver.isUnkept(observer.takeValue(new Outcome.Done<>("0", 0, 1L))))
                    .isTrue();
            assertThat(failures)
                    .singleElement()
                    .isInstanceOf(JobException.class)
                    .asString()
                    .contains("cannot be kept");
        }
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void whateverACodecThrowsWhenItDecodesFailsTheRunOnly(Supplier<Throwable> thrown) throws Exception {
        Topology<Long> topology = Topology.named("numbers")
                .source("numbers", Series.range(0, 1, 1))
                .map("work", cpu((Long n) -> n))
                .keepValues()
                .build();
        Job.in(directory)
                .on(SequentialExecutor.create())
                .run(topology)
                .execute()
                .block(Duration.ofSeconds(30));
        try (KeptValues kept = new KeptValues(directory.resolve("ledger.db"))) {
            JobObserver observer = observer(thrown, JobMode.only(List.of("another")), kept);

            assertThat(observer.keptValue("0", 0)).isNull();

            assertThat(failures)
                    .singleElement()
                    .isInstanceOf(JobException.class)
                    .asString()
                    .contains("cannot be read");
        }
    }

    private JobObserver observer(Supplier<Throwable> thrown, JobMode mode, KeptValues kept) {
        JobObserver observer = new JobObserver("numbers", new Codec() {
            @Override
            public byte[] encode(Object value) {
                throw JobObserverTest.<RuntimeException>sneaky(thrown.get());
            }

            @Override
            public Object decode(byte[] bytes) {
                throw JobObserverTest.<RuntimeException>sneaky(thrown.get());
            }
        });
        observer.open(mode, Admission.ofNothing(mode), kept, directory, failures::add);
        return observer;
    }

    @SuppressWarnings("unchecked") // thrown as it is
    private static <T extends Throwable> T sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
