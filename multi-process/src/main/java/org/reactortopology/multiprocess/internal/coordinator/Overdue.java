package org.reactortopology.multiprocess.internal.coordinator;

import java.time.Duration;
import org.reactortopology.Deadline;
import org.reactortopology.Outcome;
import org.reactortopology.spi.Item;

/**
 * A call that is past its deadline and does not yield to the interrupt.
 *
 * @param number of the item
 * @param work place of the work among those of the plan
 * @param limit what was allowed
 * @param elapsed what was given
 */
record Overdue(long number, int work, String workName, Deadline deadline, Duration limit, Duration elapsed) {

    Item of(Item item) {
        return item.ended(new Outcome.TimedOut<>(item.key(), item.index(), workName, deadline, limit, elapsed));
    }

    String text(String key) {
        return "work '" + workName + "' exceeded its " + (deadline == Deadline.TOTAL ? "timeout" : "limit of silence")
                + " of " + limit.toMillis() + " ms for key '" + key + "' and did not yield, so it was killed; ";
    }
}
