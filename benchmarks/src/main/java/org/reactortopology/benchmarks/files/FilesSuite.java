package org.reactortopology.benchmarks.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.reactortopology.benchmarks.harness.JvmCommand;
import org.reactortopology.benchmarks.harness.Load;
import org.reactortopology.benchmarks.harness.MeasuredCommand;
import org.reactortopology.benchmarks.harness.Rounds;
import org.reactortopology.benchmarks.harness.Sample;
import org.reactortopology.benchmarks.harness.Session;
import org.reactortopology.benchmarks.harness.Suite;
import org.reactortopology.benchmarks.harness.Target;
import org.reactortopology.benchmarks.harness.Unit;
import org.reactortopology.examples.Main;
import org.reactortopology.examples.words.WordsTopology;

/**
 * A job of many small text files whose words are counted, whole commands by turns, each with its start: the command line of jobs with two workers and with
 * two threads, which record one outcome for each file in a ledger; and {@code wc -w} started once for each file, two at a time, by {@code xargs} and, where
 * it is installed, by GNU parallel with its {@code --joblog}. {@code xargs} records nothing.
 */
public final class FilesSuite implements Suite {

    private static final Unit FILES_PER_SECOND = Unit.more("files/s");
    private static final int FILE_BYTES = 2048;
    private static final long SEED = 1;

    @Override
    public void run(Session session) throws Exception {
        Path directory = Files.createTempDirectory("files-suite-");
        try {
            int files = session.shortForm() ? 500 : 20_000;
            Path texts = write(directory.resolve("texts"), files);
            Load load = session.load(files + " files of 2 KiB");
            Rounds rounds = session.byTurns();
            rounds.turn(
                    load, "2 workers", into -> job(into, texts, directory, files, "multi-process", "--workers", "2"));
            rounds.turn(load, "2 threads", into -> job(into, texts, directory, files, "parallel", "--threads", "2"));
            rounds.turn(
                    load,
                    "xargs -P 2, wc -w",
                    into -> shell(
                            into,
                            files,
                            "find '" + texts + "' -name '*.txt' -print0 | xargs -0 -P 2 -n 1 wc -w > '" + directory
                                    + "/x'"));
            boolean parallel = isThere("parallel");
            if (parallel) {
                rounds.turn(
                        load,
                        "GNU parallel -j 2, wc -w",
                        into -> shell(
                                into,
                                files,
                                "find '" + texts + "' -name '*.txt' -print0 | parallel -0 -j 2 --will-cite --joblog '"
                                        + directory + "/log' wc -w > '" + directory + "/p'"));
            } else {
                session.note("GNU parallel is not on this machine.");
            }
            rounds.run();
            load.ratio("2 workers", "xargs -P 2, wc -w", FILES_PER_SECOND, Target.atLeast(1));
            load.ratio("2 workers", "2 threads", FILES_PER_SECOND);
            if (parallel) {
                load.ratio("2 workers", "GNU parallel -j 2, wc -w", FILES_PER_SECOND, Target.atLeast(1));
            }
        } finally {
            delete(directory);
        }
    }

    private static void job(
            Sample into, Path texts, Path directory, int files, String executor, String option, String value)
            throws Exception {
        Path job = directory.resolve("job");
        delete(job);
        MeasuredCommand run = JvmCommand.main(Main.class)
                .arguments("run", WordsTopology.class.getName(), "--param", "input=" + texts, "--job", job.toString())
                .arguments("--executor", executor, option, value)
                .run();
        add(into, run, files);
    }

    private static void shell(Sample into, int files, String words) throws Exception {
        add(into, MeasuredCommand.run(List.of("sh", "-c", words)).successful(), files);
    }

    private static void add(Sample into, MeasuredCommand run, int files) {
        into.add(FILES_PER_SECOND, files / run.wallSeconds())
                .add(Unit.CPU_SECONDS, run.cpuSeconds())
                .add(Unit.PEAK_MIB, run.peakMiB());
    }

    private static boolean isThere(String program) throws IOException, InterruptedException {
        return MeasuredCommand.run(List.of("sh", "-c", "command -v " + program)).exitCode() == 0;
    }

    /** Lines of words of 2 to 9 letters. */
    private static Path write(Path directory, int files) throws IOException {
        Files.createDirectories(directory);
        Random random = new Random(SEED);
        byte[] text = new byte[FILE_BYTES];
        for (int file = 0; file < files; file++) {
            for (int at = 0; at < text.length; ) {
                int end = Math.min(text.length - 1, at + 2 + random.nextInt(8));
                while (at < end) {
                    text[at++] = (byte) ('a' + random.nextInt(26));
                }
                text[at++] = (byte) (random.nextInt(10) == 0 ? '\n' : ' ');
            }
            Files.writeString(
                    directory.resolve(String.format(Locale.ROOT, "%05d.txt", file)),
                    new String(text, StandardCharsets.US_ASCII));
        }
        return directory;
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
