package org.reactortopology.internal.end;

import reactor.core.CoreSubscriber;

/** A subscriber to which several items that are there at once can be given with one hand-shake. Called as all subscribers are, by one thread at a time. */
public interface BatchSubscriber<T> extends CoreSubscriber<T> {

    /** Whether it takes what {@link #onNext} brings now as a batch; if so, {@link #endBatch} follows, and nothing else comes between that takes long. */
    boolean beginBatch();

    /** What came since {@link #beginBatch} was all. The last signal may have been among it. */
    void endBatch();
}
