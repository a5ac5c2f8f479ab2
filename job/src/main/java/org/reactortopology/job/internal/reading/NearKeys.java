package org.reactortopology.job.internal.reading;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Finds the keys of a ledger that a person may have meant: those that hold what was typed, then those that differ from it by few characters
 * (Levenshtein distance, given up as soon as it is too large). Goes through all keys once and keeps {@value #MOST}.
 */
final class NearKeys {

    static final int MOST = 3;

    /** Longer keys are compared by their beginnings. */
    private static final int COMPARED = 200;

    private static final Pattern LEADING_ZEROS = Pattern.compile("(?<![0-9])0+(?=[0-9])");

    private record Near(String key, int distance) {}

    private final String asked;
    private final int limit;
    private final List<Near> nearest = new ArrayList<>();
    private int[] row = new int[0];

    private NearKeys(String asked) {
        this.asked = normal(asked);
        this.limit = Math.max(1, Math.min(6, this.asked.length() / 3));
    }

    /** The nearest keys, the nearest one first. */
    static List<String> of(LedgerReader ledger, String asked) {
        NearKeys near = new NearKeys(asked);
        if (!near.asked.isBlank()) {
            ledger.each("SELECT key FROM item", row -> near.offer(row.getString(1)));
        }
        return near.nearest.stream().map(Near::key).toList();
    }

    /** Of any keys. */
    static List<String> of(Iterable<String> keys, String asked) {
        NearKeys near = new NearKeys(asked);
        keys.forEach(near::offer);
        return near.nearest.stream().map(Near::key).toList();
    }

    private void offer(String key) {
        int worst = nearest.size() < MOST ? limit : nearest.get(MOST - 1).distance() - 1;
        int distance = worst < 0 ? Integer.MAX_VALUE : distance(normal(key), worst);
        if (distance <= worst) {
            nearest.add(new Near(key, distance));
            nearest.sort(Comparator.comparingInt(Near::distance));
            if (nearest.size() > MOST) {
                nearest.remove(MOST);
            }
        }
    }

    private int distance(String key, int worst) {
        if (key.equals(asked)) {
            return 0;
        }
        boolean part = (asked.length() > 2 && key.contains(asked)) || (key.length() > 2 && asked.contains(key));
        if (part && worst >= 1) {
            return 1;
        }
        return Math.abs(key.length() - asked.length()) > worst ? Integer.MAX_VALUE : edits(key, worst);
    }

    /** Row by row; above {@code worst} it is some number above. */
    private int edits(String key, int worst) {
        int[] last = row.length > asked.length() ? row : new int[asked.length() + 1];
        row = last;
        for (int j = 0; j <= asked.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= key.length(); i++) {
            int diagonal = last[0];
            int least = i;
            last[0] = i;
            for (int j = 1; j <= asked.length(); j++) {
                int replaced = diagonal + (key.charAt(i - 1) == asked.charAt(j - 1) ? 0 : 1);
                diagonal = last[j];
                last[j] = Math.min(replaced, Math.min(last[j], last[j - 1]) + 1);
                least = Math.min(least, last[j]);
            }
            if (least > worst) {
                return Integer.MAX_VALUE;
            }
        }
        return last[asked.length()];
    }

    /** Neither case nor the width of numbers counts. */
    private static String normal(String key) {
        String begin = key.substring(0, Math.min(COMPARED, key.length())).toLowerCase(Locale.ROOT);
        return begin.indexOf('0') < 0 ? begin : LEADING_ZEROS.matcher(begin).replaceAll("");
    }
}
