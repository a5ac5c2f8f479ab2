package org.reactortopology.multiprocess.internal.transport;

class LoopbackConnectionTest extends SocketConnectionContract {

    @Override
    Address address() {
        return new Address.Loopback(0);
    }
}
