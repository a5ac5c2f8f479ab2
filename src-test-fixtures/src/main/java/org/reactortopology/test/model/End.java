package org.reactortopology.test.model;

/**
 * How a part or an item ends.
 *
 * @param by number of the work that failed, or of the part that took it
 */
record End(Kind kind, int by, long value, String cause, long children) {

    enum Kind {
        DONE,
        FAILED,
        SKIPPED,
        CONSUMED
    }

    static End skipped() {
        return new End(Kind.SKIPPED, 0, 0, "", 0);
    }

    static End consumed(int by) {
        return new End(Kind.CONSUMED, by, 0, "", 0);
    }

    boolean is(Kind other) {
        return kind == other;
    }
}
