package org.reactortopology.multiprocess.internal.process;

import org.reactortopology.multiprocess.internal.transport.Address;

class LoopbackGreeterTest extends SocketGreeterContract {

    @Override
    Address address() {
        return new Address.Loopback(0);
    }
}
