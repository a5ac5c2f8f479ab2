package org.reactortopology.multiprocess.internal.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactortopology.multiprocess.internal.blackbox.BlackBox;
import org.reactortopology.multiprocess.internal.claim.Claims;
import org.reactortopology.multiprocess.internal.claim.Segment;
import org.reactortopology.multiprocess.internal.transport.Address;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.transport.FrameReceiver;
import org.reactortopology.multiprocess.internal.transport.SocketClient;
import org.reactortopology.multiprocess.internal.transport.SocketDirectory;
import org.reactortopology.multiprocess.internal.wire.Frame;
import org.reactortopology.multiprocess.internal.wire.Handshake;
import org.reactortopology.multiprocess.internal.wire.Hello;
import org.reactortopology.multiprocess.internal.wire.Welcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Schedulers;

/**
 * The main class of a child JVM: reads the token from standard input, dials in, proves that it holds the token, and serves until the
 * coordinator says goodbye or is gone. Arguments: number of the worker, address, longest frame body in bytes,
 * directory to remove if the coordinator can no longer do it, file of 64 KiB to map for telling what it is busy with; if there is memory for large values, its
 * file and the length of the smallest.
 */
public final class WorkerMain {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerMain.class);

    /** For measuring what marking items costs. */
    private static final String NO_MARKS = "org.reactortopology.noMarks";

    private static final Duration STDIN_GRACE = Duration.ofSeconds(1);

    private final int worker;
    private final Address address;
    private final Path directory;
    private final BlackBox box;
    private final @Nullable Path claimsFile;
    private final @Nullable Claims claims;
    private final byte[] token;

    private WorkerMain(String[] args, byte[] token) throws IOException {
        worker = Integer.parseInt(args[0]);
        address = Address.parse(args[1]);
        directory = Path.of(args[3]);
        box = BlackBox.map(Path.of(args[4]));
        claimsFile = args.length > 6 ? Path.of(args[5]).toAbsolutePath() : null;
        claims = claimsFile == null ? null : Segment.open(claimsFile).ofWorker(Integer.parseInt(args[6]));
        this.token = token;
    }

    /** Runs a worker; never returns normally. */
    public static void main(String[] args) throws IOException {
        ignoreInterruptsOfTheTerminal();
        BufferedReader stdin = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        String token = stdin.readLine();
        if (token == null && args.length > 3) {
            LOG.error("the coordinator was gone before it could hand over the token");
            SocketDirectory.removeLeftBehind(Path.of(args[3]));
            if (args.length > 6) {
                SocketDirectory.removeLeftBehind(
                        Path.of(args[5]).toAbsolutePath().getParent());
            }
            Runtime.getRuntime().halt(WorkerExit.COORDINATOR_GONE.code());
        }
        WorkerMain main;
        int maxBodyBytes;
        try {
            main = new WorkerMain(args, token(token));
            maxBodyBytes = Integer.parseInt(args[2]);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException | IOException e) {
            LOG.error(
                    "a worker is started by a coordinator: NUMBER ADDRESS MAX_BODY_BYTES DIRECTORY BOX [CLAIMS THRESHOLD], and a token on standard input",
                    e);
            Runtime.getRuntime().halt(WorkerExit.USAGE.code());
            return;
        }
        if (Boolean.getBoolean(NO_MARKS)) {
            main.box.close();
        }
        main.serve(maxBodyBytes);
        main.watchParent(stdin);
    }

    /**
     * A terminal sends its SIGINT to the whole group of processes; what a worker does about it is for its parent to say. The JDK's one means is not
     * public, so it is called by reflection; without it, an interrupt ends the worker, and its items are run elsewhere.
     */
    private static void ignoreInterruptsOfTheTerminal() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object interrupt = signal.getConstructor(String.class).newInstance("INT");
            signal.getMethod("handle", signal, handler)
                    .invoke(null, interrupt, handler.getField("SIG_IGN").get(null));
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            LOG.debug("SIGINT cannot be ignored here", e);
        }
    }

    private static byte[] token(@Nullable String hex) {
        byte[] token = HexFormat.of().parseHex(String.valueOf(hex));
        if (token.length != Handshake.TOKEN_BYTES) {
            throw new IllegalArgumentException(
                    "the token has " + token.length + " bytes: " + Handshake.TOKEN_BYTES + " are needed");
        }
        return token;
    }

    private void serve(int maxBodyBytes) {
        SocketClient.connect(address, maxBodyBytes).subscribe(this::greet, error -> {
            LOG.error("cannot connect to {}", address, error);
            endSoon(WorkerExit.NO_CONNECTION);
        });
    }

    private void greet(Connection connection) {
        byte[] nonce = Handshake.newNonce();
        long pid = ProcessHandle.current().pid();
        connection.receive(new FrameReceiver() {
            @Override
            public void frame(Frame frame) {
                if (frame instanceof Welcome welcome
                        && Handshake.equal(Handshake.coordinatorProof(token, nonce), welcome.proof())) {
                    connection.receive(new WorkerSession(connection, box, claims, WorkerMain.this::sessionEnded));
                } else {
                    LOG.error("the other side did not prove that it is the coordinator: it sent {}", frame.type());
                    end(WorkerExit.PROTOCOL);
                }
            }

            @Override
            public void closed(@Nullable Throwable cause) {
                LOG.error("the coordinator closed the connection instead of answering", cause);
                endSoon(WorkerExit.PROTOCOL); // R7
            }
        });
        connection.send(new Hello(worker, pid, nonce, Handshake.workerProof(token, worker, pid, nonce)));
    }

    private void sessionEnded(WorkerSession.End how) {
        switch (how) {
            case GOODBYE -> {
                // the user's shutdown hooks run
                Thread exit = new Thread(() -> System.exit(WorkerExit.GOODBYE.code()), "topology-exit");
                IdleCompilers.marked().subscribe(nothing -> {}, error -> exit.start(), exit::start);
            }
            case LOST -> endSoon(WorkerExit.COORDINATOR_GONE);
            case PROTOCOL -> end(WorkerExit.PROTOCOL);
            case FATAL -> end(WorkerExit.FATAL);
        }
    }

    /**
     * A living coordinator may have closed this connection, and others need its socket; a dead one ends standard input as well, which is given time to be
     * seen: it ends this process at once and removes the socket.
     */
    private void endSoon(WorkerExit exit) {
        Schedulers.parallel().schedule(() -> end(exit), STDIN_GRACE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Standard input ends when the parent does, however it does. This is the main thread, which has nothing else to do. */
    private void watchParent(BufferedReader stdin) {
        try {
            while (stdin.readLine() != null) {
                LOG.warn("something was written to this worker's standard input after its token; ignored");
            }
        } catch (IOException e) {
            LOG.warn("standard input broke, so the parent is taken as gone", e);
        }
        SocketDirectory.removeLeftBehind(directory); // nobody else can do it; every worker tries, one succeeds
        if (claimsFile != null) {
            SocketDirectory.removeLeftBehind(claimsFile.getParent());
        }
        end(WorkerExit.COORDINATOR_GONE);
    }

    /** Nothing may hold the process back: no shutdown hook is run. */
    private void end(WorkerExit exit) {
        LOG.error("worker {} ends: {}", worker, WorkerExit.describe(exit.code()));
        Runtime.getRuntime().halt(exit.code());
    }
}
