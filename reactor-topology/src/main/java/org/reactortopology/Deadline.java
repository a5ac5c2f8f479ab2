package org.reactortopology;

/** Which of a work's two time limits an item exceeded. */
public enum Deadline {
    /** The whole call took too long: {@link Work#timeout}. */
    TOTAL,
    /** The call showed no progress for too long: {@link Work#silence}. */
    SILENCE
}
