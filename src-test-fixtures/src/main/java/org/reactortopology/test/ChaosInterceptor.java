package org.reactortopology.test;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.reactortopology.spi.WorkInterceptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the chaos that keys bring happen, in the thread that works on the item. */
final class ChaosInterceptor implements WorkInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(ChaosInterceptor.class);

    /** A fault and a key. */
    private record Counted(ChaosFault fault, String key) {}

    private final long seed;
    private final long sparedPid;
    private final List<ChaosFault> faults;

    /** How often each has happened in this JVM; written by the threads that run the work. */
    private final Map<Counted, Integer> strikes = new ConcurrentHashMap<>();

    /** Never ends the process {@code sparedPid}. */
    ChaosInterceptor(long seed, long sparedPid, List<ChaosFault> faults) {
        this.seed = seed;
        this.sparedPid = sparedPid;
        this.faults = List.copyOf(faults);
    }

    @Override
    public Object around(Invocation call) throws Exception {
        String key = call.item().key();
        for (ChaosFault fault : faults) {
            if (fault.hits(seed, key) && isDue(fault, key)) {
                strike(fault, call.work().name(), key);
            }
        }
        return call.proceed(call.argument());
    }

    private boolean isDue(ChaosFault fault, String key) {
        return fault.times() == Integer.MAX_VALUE
                || strikes.merge(new Counted(fault, key), 1, Integer::sum) <= fault.times();
    }

    private void strike(ChaosFault fault, String work, String key) throws Exception {
        long pid = ProcessHandle.current().pid();
        if (fault.kind().endsProcess() && pid == sparedPid) {
            LOG.warn(
                    "chaos (seed {}): {} for key '{}' is left out: it would end the JVM of the test", seed, fault, key);
            return;
        }
        // to the log of the worker, whose last lines stand in the outcome; flushed, as the process may end at once
        System.err.println("chaos (seed " + seed + "): " + fault.kind() + " in work '" + work + "' for key '" + key
                + "', pid " + pid);
        System.err.flush();
        Strike.of(fault);
    }
}
