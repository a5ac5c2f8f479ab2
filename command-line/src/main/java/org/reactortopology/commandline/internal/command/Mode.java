package org.reactortopology.commandline.internal.command;

import java.util.List;
import java.util.Locale;
import org.reactortopology.job.JobMode;

/** Modes as they are written on the command line; {@link #ASK} exists only there. */
enum Mode {
    FRESH,
    NEW,
    RESUME,
    RECOMPUTE,
    RETRY_FAILED,
    ONLY,
    ASK;

    /** The job's mode. */
    JobMode jobMode(List<String> keys) {
        return switch (this) {
            case FRESH -> JobMode.FRESH;
            case NEW -> JobMode.NEW;
            case RESUME -> JobMode.RESUME;
            case RECOMPUTE -> JobMode.RECOMPUTE;
            case RETRY_FAILED -> JobMode.RETRY_FAILED;
            case ONLY -> JobMode.only(keys);
            case ASK -> throw new IllegalStateException("a person has not been asked");
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
