package org.reactortopology.multiprocess.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.multiprocess.internal.blackbox.BlackBox;
import org.reactortopology.multiprocess.internal.transport.Address;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.transport.Received;
import org.reactortopology.multiprocess.internal.transport.SocketDirectory;
import org.reactortopology.multiprocess.internal.transport.SocketServer;
import org.reactortopology.multiprocess.internal.wire.Frame;
import org.reactortopology.multiprocess.internal.wire.Handshake;
import org.reactortopology.multiprocess.internal.wire.Welcome;
import org.reactortopology.multiprocess.internal.worker.WorkerMain;
import org.reactortopology.test.LeakCheck;

/** Real child JVMs, and how they end. */
@Timeout(120)
class WorkerMainTest {

    private static final int GOODBYE = 0;
    private static final int COORDINATOR_GONE = 70;
    private static final int PROTOCOL = 71;
    private static final int NO_CONNECTION = 72;
    private static final int USAGE = 73;

    private final byte[] token = Handshake.newToken();
    private final List<Process> started = new ArrayList<>();
    private SocketServer server;

    @TempDir
    Path temporary;

    @AfterEach
    void nothingIsLeft() {
        started.forEach(Process::destroyForcibly);
        if (server != null) {
            server.close().block();
        }
        LeakCheck.awaitNoChildProcess();
        LeakCheck.awaitNoThread("topology-");
    }

    @Test
    void aWrongCommandLineOrTokenEndsWithItsCode() throws Exception {
        String good = HexFormat.of().formatHex(token);
        List<Process> wrong = List.of(
                start(good, "x", "tcp:1", "1000", directory()),
                start(good, "0", "pigeon:1", "1000", directory()),
                start(good, "0", "tcp:1", "many", directory()),
                start(good, "0", "tcp:1"),
                start("", "0", "tcp:1", "1000", directory()),
                start(good + "00", "0", "tcp:1", "1000", directory()));
        for (Process process : wrong) {
            assertThat(exitCode(process)).isEqualTo(USAGE);
        }
    }

    @Test
    void whereNobodyListensItEndsWithItsCode() throws Exception {
        Process process =
                start(HexFormat.of().formatHex(token), "0", "unix:" + temporary.resolve("nobody"), "1000", directory());
        assertThat(exitCode(process)).isEqualTo(NO_CONNECTION);
    }

    @Test
    void aWrongTokenEndsWithItsCodeAndLeavesTheSocketToOthers() throws Exception {
        Greeter greeter = new Greeter(Duration.ofMinutes(5));
        Path socket = temporary.resolve("s");
        listen(new Address.Unix(socket), greeter);
        greeter.expect(0, token).subscribe();

        Process process =
                start(HexFormat.of().formatHex(Handshake.newToken()), "0", "unix:" + socket, "1000", directory());

        assertThat(exitCode(process)).isEqualTo(PROTOCOL);
        assertThat(greeter.dropped()).isEqualTo(1);
        assertThat(socket).exists();
    }

    @Test
    void aCoordinatorWithoutTheTokenIsNotServed() throws Exception {
        server = SocketServer.listen(
                        new Address.Loopback(0),
                        1000,
                        connection -> connection.receive(new Received() {
                            @Override
                            public void frame(Frame frame) {
                                connection.send(new Welcome(new byte[Handshake.PROOF_BYTES]));
                            }
                        }))
                .block();

        Process process =
                start(HexFormat.of().formatHex(token), "0", server.address().toString(), "1000", directory());

        assertThat(exitCode(process)).isEqualTo(PROTOCOL);
    }

    @Test
    void theEndOfStandardInputEndsItAndRemovesSocketAndDirectory() throws Exception {
        SocketDirectory directory = SocketDirectory.create(temporary);
        Files.writeString(directory.arguments(), "left behind by a coordinator that was killed");
        Greeter greeter = new Greeter(Duration.ofMinutes(5));
        listen(new Address.Unix(directory.socket()), greeter);
        AtomicReference<Connection> admitted = new AtomicReference<>();
        greeter.expect(4, token).subscribe(admitted::set);
        Process process = start(
                HexFormat.of().formatHex(token),
                "4",
                "unix:" + directory.socket(),
                "1000",
                directory.path().toString());
        await().atMost(Duration.ofSeconds(60)).untilAtomic(admitted, org.hamcrest.Matchers.notNullValue());

        process.getOutputStream().close();

        assertThat(exitCode(process)).isEqualTo(COORDINATOR_GONE);
        assertThat(directory.socket().getParent()).doesNotExist();
    }

    @Test
    void staleDirectoriesAreRemovedWithoutFollowingLinks() throws Exception {
        Path kept = Files.createDirectory(temporary.resolve("kept"));
        Path file = Files.writeString(kept.resolve("file"), "precious");
        Files.createSymbolicLink(temporary.resolve("rtopology-999999999-link"), kept);
        Path stale = Files.createDirectory(temporary.resolve("rtopology-999999998-x"));
        Files.writeString(stale.resolve("args"), "");
        Path odd = Files.createDirectory(temporary.resolve("rtopology-99999999999999999999999-x"));
        Path own = Files.createDirectory(
                temporary.resolve("rtopology-" + ProcessHandle.current().pid() + "-x"));

        SocketDirectory made = SocketDirectory.create(temporary);

        assertThat(file).exists();
        assertThat(stale).doesNotExist();
        assertThat(odd).exists();
        assertThat(own).exists();
        made.remove();
        assertThat(made.socket().getParent()).doesNotExist();
    }

    private void listen(Address address, Greeter greeter) {
        server = SocketServer.listen(address, Greeter.MAX_BODY_BYTES, greeter::accept)
                .block();
    }

    private Process start(String tokenLine, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WorkerMain.class.getName()));
        command.addAll(Arrays.asList(arguments));
        Path box = Files.createTempDirectory(temporary, "box").resolve("box");
        BlackBox.create(box);
        command.add(box.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        started.add(process);
        process.getOutputStream().write((tokenLine + "\n").getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
        return process;
    }

    /** Not one of ours by its name, so nobody may remove it. */
    private String directory() {
        return temporary.toString();
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
