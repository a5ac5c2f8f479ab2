package org.reactortopology.multiprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactortopology.RunReport;
import org.reactortopology.Topology;
import org.reactortopology.multiprocess.TroubleTopology.Params;
import org.reactortopology.multiprocess.TroubleTopology.Trouble;
import org.reactortopology.test.LeakCheck;

/** Runs over real workers while someone else is at their socket, and what of the token can be seen from outside. */
@Timeout(120)
class StrangersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(100);
    private static final int ITEMS = 20_000;
    private static final Pattern COUNTED = Pattern.compile("(\\d+) strangers connected .* were dropped");

    /** A token as it is handed over, of 32 bytes. */
    private static final Pattern TOKEN = Pattern.compile("(?i)(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])");

    private final AtomicReference<Throwable> strangersFailed = new AtomicReference<>();

    @TempDir
    Path logs;

    @AfterEach
    void nothingIsLeft() {
        LeakCheck.awaitNoChildProcess();
        LeakCheck.awaitNoThread("topology-");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRunCompletesWhileStrangersHammerItsSocket(boolean loopback) throws Exception {
        long seed = System.nanoTime();
        Thread strangers = new Thread(() -> hammer(loopback, new Random(seed)), "strangers");
        RunReport report;
        List<String> lines;
        try (LogLines log = LogLines.of("org.reactortopology.multiprocess")) {
            strangers.start();
            report = executor(loopback).run(topology()).execute().block(PATIENCE);
            strangers.interrupt();
            strangers.join();
            lines = log.lines();
        }

        assertThat(strangersFailed).as("seed %d", seed).hasNullValue();
        assertThat(report.counts().done()).as("seed %d", seed).isEqualTo(ITEMS);
        assertThat(lines)
                .filteredOn(line -> line.startsWith("a stranger connected"))
                .hasSize(1);
        assertThat(lines)
                .filteredOn(line -> COUNTED.matcher(line).find())
                .singleElement()
                .satisfies(line -> {
                    Matcher counted = COUNTED.matcher(line);
                    assertThat(counted.find()).isTrue();
                    assertThat(Integer.parseInt(counted.group(1))).isGreaterThan(10);
                });
    }

    /** /proc shows a command line to everybody, an environment to the same user. */
    @Test
    void theTokenIsInNoCommandLineEnvironmentFileOrLog() throws Exception {
        List<String> seen = new ArrayList<>();
        try (LogLines log = LogLines.of("org.reactortopology")) {
            var run = executor(false).run(topology()).execute().toFuture();
            await().atMost(PATIENCE)
                    .until(() -> workers().size() == 2 && privateDirectory().isPresent());
            for (ProcessHandle worker : workers()) {
                seen.addAll(Arrays.asList(worker.info().arguments().orElse(new String[0])));
                Path proc = Path.of("/proc", Long.toString(worker.pid()));
                if (Files.isReadable(proc.resolve("environ"))) {
                    List<String> environment = zeroSeparated(proc.resolve("environ"));
                    environment.removeAll(System.getenv().entrySet().stream()
                            .map(entry -> entry.getKey() + "=" + entry.getValue())
                            .toList());
                    seen.addAll(environment);
                    seen.addAll(zeroSeparated(proc.resolve("cmdline")));
                }
            }
            seen.addAll(Files.readAllLines(privateDirectory().orElseThrow().resolve("args")));
            assertThat(run.get().counts().done()).isEqualTo(ITEMS);
            seen.addAll(log.lines());
        }
        try (Stream<Path> files = Files.list(logs)) {
            for (Path file : files.toList()) {
                seen.addAll(Files.readAllLines(file));
            }
        }

        assertThat(seen).isNotEmpty().noneMatch(line -> TOKEN.matcher(line).find());
    }

    private MultiProcessExecutor executor(boolean loopback) {
        MultiProcessBuilder builder = MultiProcessExecutor.builder()
                .workers(2)
                .threads(1)
                .heap(64L * 1024 * 1024)
                .jvmOption(ShortLived.JVM_OPTION)
                .logDirectory(logs);
        return (loopback ? builder.loopback() : builder).build();
    }

    private static Topology<Object> topology() {
        return Topology.from(TroubleTopology.class, Params.of(Trouble.NONE, ITEMS));
    }

    /** Until it is interrupted: silence, garbage, half a frame, a huge length, a HELLO with a wrong proof. */
    private void hammer(boolean loopback, Random random) {
        List<SocketChannel> silent = new ArrayList<>();
        try {
            SocketAddress socket = null;
            while (!Thread.currentThread().isInterrupted()) {
                socket = socket == null ? find(loopback) : socket;
                if (socket == null) {
                    Thread.onSpinWait();
                    continue;
                }
                try {
                    SocketChannel stranger = SocketChannel.open(socket);
                    stranger.write(words(random));
                    if (random.nextInt(4) == 0 && silent.size() < 600) {
                        silent.add(stranger);
                    } else {
                        stranger.close();
                    }
                } catch (IOException e) {
                    // it was dropped before it could say anything, or the run has ended
                }
            }
        } catch (RuntimeException | Error e) {
            strangersFailed.set(e);
        } finally {
            silent.forEach(StrangersTest::close);
        }
    }

    private static ByteBuffer words(Random random) {
        ByteBuffer header = ByteBuffer.allocate(72).putInt(0x52540201).putInt(0);
        switch (random.nextInt(5)) {
            case 0 -> {
                return ByteBuffer.allocate(0);
            }
            case 1 -> {
                byte[] garbage = new byte[random.nextInt(1000)];
                random.nextBytes(garbage);
                return ByteBuffer.wrap(garbage);
            }
            case 2 -> header.putInt(60).put((byte) 0);
            case 3 -> header.putInt(Integer.MAX_VALUE);
            default -> {
                byte[] wrong = new byte[60];
                random.nextBytes(wrong);
                Arrays.fill(wrong, 0, 4, (byte) 0); // worker 0, of which there is one
                header.putInt(60).put(wrong);
            }
        }
        return header.flip();
    }

    private static SocketAddress find(boolean loopback) {
        if (!loopback) {
            return privateDirectory()
                    .map(directory -> directory.resolve("s"))
                    .filter(Files::exists)
                    .map(UnixDomainSocketAddress::of)
                    .orElse(null);
        }
        return workers().stream()
                .flatMap(worker -> Stream.of(worker.info().arguments().orElse(new String[0])))
                .filter(argument -> argument.startsWith("tcp:"))
                .map(argument -> new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), Integer.parseInt(argument.substring("tcp:".length()))))
                .findFirst()
                .orElse(null);
    }

    private static List<ProcessHandle> workers() {
        return ProcessHandle.current().children().toList();
    }

    private static Optional<Path> privateDirectory() {
        String own = "rtopology-" + ProcessHandle.current().pid() + "-";
        try (Stream<Path> entries = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith(own))
                    .findFirst();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> zeroSeparated(Path file) throws IOException {
        return new ArrayList<>(Arrays.asList(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1)
                .split("\0")));
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
