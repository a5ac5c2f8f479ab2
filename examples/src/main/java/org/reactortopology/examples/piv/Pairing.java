package org.reactortopology.examples.piv;

import java.util.Locale;

/** Which images of a series form a pair. */
public enum Pairing {
    /** 1 and 2, 3 and 4. */
    PAIRS,
    /** 1 and 2, 2 and 3. */
    SUCCESSIVE;

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
