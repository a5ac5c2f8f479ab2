package org.reactortopology.job.internal.report;

/** A number of outcomes for each second, minute or hour: the shortest of them in which there is one. */
enum Rate {
    SECOND(1000),
    MINUTE(60_000),
    HOUR(3_600_000);

    private final long millis;

    Rate(long millis) {
        this.millis = millis;
    }

    /** For a job in which so many outcomes came in that time. */
    static Rate fitting(long outcomes, long inMillis) {
        for (Rate rate : values()) {
            if (rate.of(outcomes, inMillis) >= 1) {
                return rate;
            }
        }
        return HOUR;
    }

    double of(long outcomes, long inMillis) {
        return inMillis <= 0 ? 0 : (double) outcomes * millis / inMillis;
    }

    String unit() {
        return Units.words(name());
    }
}
