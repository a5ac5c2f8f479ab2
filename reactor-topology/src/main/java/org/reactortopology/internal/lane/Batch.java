package org.reactortopology.internal.lane;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** Results that a lane holds back to hand them over at once. Confined to whoever has it: the lane, or the one who took it from the lane. */
final class Batch<R> {

    private final @Nullable Object[] results;
    private int count;

    Batch(int most) {
        results = new @Nullable Object[most];
    }

    /** Whether there is no room for more behind this one. */
    boolean addLast(R result) {
        results[count++] = result;
        return count == results.length;
    }

    int count() {
        return count;
    }

    @SuppressWarnings("unchecked") // only results are added
    R get(int at) {
        R result = (R) results[at];
        assert result != null;
        return result;
    }

    void discard(int from, Context context) {
        for (int at = from; at < count; at++) {
            Operators.onDiscard(results[at], context);
        }
    }
}
