package org.reactortopology.multiprocess.internal.transport;

import org.reactortopology.internal.engine.Lanes;

class InMemoryConnectionTest extends ConnectionContract {

    private final Lanes thread = Lanes.oneThread("topology-in-memory");

    @Override
    Ends connect() {
        InMemoryConnection.Ends ends = InMemoryConnection.pair(thread.scheduler());
        ends.left().allow(MAX_BODY);
        ends.right().allow(MAX_BODY);
        return new Ends(ends.left(), ends.right());
    }

    @Override
    void stop() {
        thread.release().block();
    }
}
