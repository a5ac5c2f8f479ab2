package org.reactortopology.test;

import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Deadline;
import org.reactortopology.Outcome;

/** Values and outcomes as messages show them. */
final class ValueText {

    private static final int LONGEST = 200;
    private static final int MOST_ELEMENTS = 64;

    private ValueText() {}

    static String of(@Nullable Object value) {
        String text;
        try {
            text = text(value);
        } catch (RuntimeException | ReflectiveOperationException e) { // the value's own code
            text = "a " + (value == null ? "null" : value.getClass().getName()) + " that cannot be shown: " + e;
        }
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "… (" + text.length() + " characters)";
    }

    static String of(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Done<?> done) {
            return "Done(" + of(done.value()) + ")";
        } else if (outcome instanceof Outcome.Failed<?> failed) {
            String message = failed.cause().getMessage();
            return "Failed in work '" + failed.work() + "' with " + failed.causeType()
                    + (message == null ? "" : ": " + message);
        } else if (outcome instanceof Outcome.TimedOut<?> late) {
            String limit = late.deadline() == Deadline.TOTAL ? "its limit of " : "a silence of ";
            return "TimedOut in work '" + late.work() + "' after " + limit + late.limit();
        } else if (outcome instanceof Outcome.Crashed<?> crashed) {
            return "Crashed: " + crashed.reason();
        } else if (outcome instanceof Outcome.Consumed<?> consumed) {
            return "Consumed by '" + consumed.by() + "' with " + consumed.children() + " children";
        }
        return "Skipped: " + ((Outcome.Skipped<?>) outcome).reason();
    }

    /** As toString does, but with the contents of arrays, which a record would show by their address. */
    private static String text(@Nullable Object value) throws ReflectiveOperationException {
        if (value == null) {
            return "null";
        } else if (value.getClass().isArray()) {
            return array(value);
        } else if (value instanceof Record record) {
            return record(record);
        } else if (value instanceof Collection<?> collection && collection.size() <= MOST_ELEMENTS) {
            List<String> elements = new ArrayList<>();
            for (Object each : collection) {
                elements.add(text(each));
            }
            return elements.toString();
        } else if (value instanceof Collection<?> collection) {
            return value.getClass().getSimpleName() + " of " + collection.size();
        }
        return value.toString();
    }

    private static String array(Object array) throws ReflectiveOperationException {
        int length = Array.getLength(array);
        if (length > MOST_ELEMENTS) {
            return array.getClass().getComponentType().getTypeName() + "[" + length + "]";
        }
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            elements.add(text(Array.get(array, i)));
        }
        return elements.toString();
    }

    private static String record(Record record) throws ReflectiveOperationException {
        List<String> components = new ArrayList<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            component.getAccessor().setAccessible(true);
            components.add(
                    component.getName() + "=" + text(component.getAccessor().invoke(record)));
        }
        return record.getClass().getSimpleName() + "[" + String.join(", ", components) + "]";
    }
}
