package org.reactortopology.multiprocess.internal.process;

import org.reactortopology.internal.engine.Lanes;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.transport.InMemoryConnection;

class InMemoryGreeterTest extends GreeterContract {

    private final Lanes thread = Lanes.oneThread("topology-in-memory");
    private Greeter greeter;

    @Override
    void listen(Greeter listening) {
        greeter = listening;
    }

    @Override
    Connection dial() {
        InMemoryConnection.Ends ends = InMemoryConnection.pair(thread.scheduler());
        ends.left().allow(Greeter.MAX_BODY_BYTES);
        greeter.accept(ends.left());
        return ends.right();
    }

    @Override
    void stop() {
        thread.release().block();
    }
}
