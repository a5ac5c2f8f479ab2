package org.reactortopology.internal.end;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Flux;

/** Ends any number of fluxes together, those too that are subscribed to afterwards. Thread-safe. */
public final class EarlyEnd implements Endable {

    /** As many as there are subscriptions, which are few in a run; added to by the threads that subscribe. */
    private final List<Endable> parts = new CopyOnWriteArrayList<>();

    /** Written by the one who ends, read by those who subscribe. */
    private volatile boolean ended;

    /** Whether a flux was not subscribed to, because its end had come before. Written by the one who would have, read by all. */
    private volatile boolean refused;

    /**
     * The flux, which completes early when this is ended: upstream is cancelled, and what came before is passed on. An item that upstream emits while it
     * is being cancelled is discarded; an error of it then is dropped. Completes on the thread of the one who ends it, or behind the item
     * that is just being passed on, on the thread of that.
     */
    public <T> Flux<T> guard(Flux<T> flux) {
        return new EndableFlux<>(flux, this);
    }

    /** Ends this too, now if the end has come. */
    public void add(Endable part) {
        parts.add(part);
        if (ended) {
            part.end();
        }
    }

    @Override
    public void end() {
        ended = true;
        parts.forEach(Endable::end);
    }

    @Override
    public boolean wasCut() {
        return refused || parts.stream().anyMatch(Endable::wasCut);
    }

    @Override
    public long passed() {
        return parts.stream().mapToLong(Endable::passed).sum();
    }

    /** Whether a flux need not be subscribed to any more; remembers that it was not. */
    boolean refuses() {
        if (ended) {
            refused = true;
        }
        return ended;
    }
}
