package org.reactortopology.multiprocess;

/** Workers that live for moments, as those of tests do. */
final class ShortLived {

    /** Half of what such a JVM computes is the code of the optimizing compiler, which nobody comes to use. */
    static final String JVM_OPTION = "-XX:TieredStopAtLevel=1";

    private ShortLived() {}
}
