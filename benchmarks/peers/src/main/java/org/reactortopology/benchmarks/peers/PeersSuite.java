package org.reactortopology.benchmarks.peers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.reactortopology.benchmarks.harness.JvmCommand;
import org.reactortopology.benchmarks.harness.Load;
import org.reactortopology.benchmarks.harness.MeasuredCommand;
import org.reactortopology.benchmarks.harness.Rounds;
import org.reactortopology.benchmarks.harness.Sample;
import org.reactortopology.benchmarks.harness.Session;
import org.reactortopology.benchmarks.harness.Suite;
import org.reactortopology.benchmarks.harness.Target;
import org.reactortopology.benchmarks.harness.Unit;

/**
 * Every subject with every load, each time in a JVM of its own, by turns. Arguments: names of the loads that are run (all by default), and {@code
 * subject=...} for those subjects whose names contain the words.
 */
public final class PeersSuite implements Suite {

    private static final String SUBJECT = "subject=";
    private static final String SHORT_SIZE = "0.1";
    private static final Unit START = Unit.less("start s");

    /** Within five in a hundred of whoever is first. */
    private static final Target FIRST = Target.atMost(1.05);

    @Override
    public void run(Session session) throws Exception {
        long rate = Works.calibrate();
        session.note("The busy loop of the long items: " + rate + " rounds a microsecond, the same in all JVMs.");
        if (!VirtualThreads.available()) {
            session.note("Virtual threads need Java 21 or newer: they were left out.");
        }
        for (PeerLoad load : loads(session.arguments())) {
            measure(session, load, rate);
        }
    }

    private static List<PeerLoad> loads(List<String> arguments) {
        List<PeerLoad> loads = arguments.stream()
                .filter(argument -> !argument.startsWith(SUBJECT))
                .map(PeerLoad::of)
                .toList();
        return loads.isEmpty() ? Arrays.asList(PeerLoad.values()) : loads;
    }

    private static List<Peer> peers(List<String> arguments, PeerLoad load) {
        List<String> words = arguments.stream()
                .filter(argument -> argument.startsWith(SUBJECT))
                .map(argument -> argument.substring(SUBJECT.length()))
                .toList();
        return Arrays.stream(Peer.values())
                .filter(peer -> peer.runs(load, Runtime.version().feature()))
                .filter(peer -> words.isEmpty() || words.stream().anyMatch(peer.id()::contains))
                .toList();
    }

    private static void measure(Session session, PeerLoad load, long rate) throws Exception {
        Load results = session.load(load.title());
        List<Peer> peers = peers(session.arguments(), load);
        Rounds rounds = session.byTurns();
        for (Peer peer : peers) {
            rounds.turn(results, peer.id(), into -> run(peer, load, rate, session.shortForm(), into));
        }
        rounds.run();
        if (peers.contains(Peer.OURS)) {
            peers.stream()
                    .filter(peer -> peer.engine() != Peer.Engine.OURS)
                    .forEach(peer -> results.ratio(Peer.OURS.id(), peer.id(), Unit.SECONDS, FIRST));
        }
    }

    /** One process, whose samples count by their median. */
    private static void run(Peer peer, PeerLoad load, long rate, boolean shortForm, Sample into)
            throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(JvmOptions.of(peer.engine()));
        options.add("-D" + Works.ROUNDS_PROPERTY + "=" + rate);
        JvmCommand command = JvmCommand.main(PeerProcess.class)
                .options(options.toArray(String[]::new))
                .arguments(peer.id(), load.id());
        MeasuredCommand run = (shortForm ? command.arguments(SHORT_SIZE) : command).run();
        double seconds = run.figure(PeerProcess.SECONDS);
        into.add(Unit.SECONDS, seconds)
                .add(Unit.ITEMS_PER_SECOND, run.figure(PeerProcess.ITEMS) / seconds)
                .add(Unit.CPU_SECONDS, run.figure(PeerProcess.CPU_SECONDS))
                .add(START, run.figure(PeerProcess.START));
    }
}
