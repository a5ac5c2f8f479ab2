package org.reactortopology.job;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The ledger cannot be written any more, so that the run was given up: what it would have computed further could not be resumed from.
 *
 * <p>The works of the keys that {@link #unrecorded} names have run; a resume runs them again.
 */
public class LedgerException extends JobException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 20;

    private final transient Path ledger;
    private final transient List<String> unrecorded;

    /**
     * An exception with a message made of these.
     *
     * @param problem what is wrong and what to do about it
     * @param unrecorded keys whose outcome had come but is not in the ledger
     */
    public LedgerException(Path ledger, String problem, List<String> unrecorded, @Nullable Throwable cause) {
        super("the ledger '" + ledger + "' " + problem + lost(unrecorded), cause);
        this.ledger = ledger;
        this.unrecorded = List.copyOf(unrecorded);
    }

    /** The file. */
    public Path ledger() {
        return ledger;
    }

    /** The keys whose outcome had come when the ledger failed, but is not recorded; never more than {@link Job#buffer}. */
    public List<String> unrecorded() {
        return unrecorded;
    }

    private static String lost(List<String> keys) {
        if (keys.isEmpty()) {
            return "";
        }
        String shown = keys.stream().limit(SHOWN).map(key -> "'" + key + "'").collect(Collectors.joining(", "));
        String count =
                keys.size() == 1 ? "; 1 outcome is not recorded" : "; " + keys.size() + " outcomes are not recorded";
        return count + " and will be run again by a resume: " + shown + (keys.size() > SHOWN ? ", ..." : "");
    }
}
