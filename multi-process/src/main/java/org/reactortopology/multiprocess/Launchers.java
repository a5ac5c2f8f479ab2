package org.reactortopology.multiprocess;

import org.reactortopology.Topology;
import org.reactortopology.multiprocess.internal.coordinator.WorkerLauncher;
import org.reactortopology.multiprocess.internal.process.MachineShare;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** Where the runs of an executor have their workers from. */
@FunctionalInterface
interface Launchers {

    /** What one run of the topology needs. */
    WorkerLauncher launcher(MachineShare share, Topology<?> topology);

    /** Starts so many workers for the next run; disposing ends them unless a run has them. */
    default Disposable startAhead(int workers) {
        return Disposables.disposed();
    }
}
