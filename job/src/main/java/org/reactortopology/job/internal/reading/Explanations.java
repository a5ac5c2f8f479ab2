package org.reactortopology.job.internal.reading;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.reactortopology.job.Explanation;
import org.reactortopology.job.ItemState;
import org.reactortopology.job.JobFailure;
import org.reactortopology.job.internal.ledger.JobFiles;
import org.reactortopology.job.internal.ledger.RunRow;

/** Says in one sentence what became of a key and what a resume does with it. */
public final class Explanations {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final LedgerReader ledger;
    private final ZoneId zone;

    public Explanations(LedgerReader ledger, ZoneId zone) {
        this.ledger = ledger;
        this.zone = zone;
    }

    /** What is known of the key. */
    public Explanation explain(String key) {
        return ItemRow.of(ledger, key).map(this::known).orElseGet(() -> unknown(key));
    }

    private Explanation known(ItemRow item) {
        JobFiles files = new JobFiles(ledger.directory());
        Optional<JobFailure> failure = item.state().isSettled() ? Optional.empty() : Optional.of(item.asFailure(files));
        return new Explanation(
                item.key(),
                true,
                Optional.of(item.state()),
                failure,
                !item.state().isSettled() || isOverdue(item),
                failure.map(each -> failed(item, each, files)).orElseGet(() -> settled(item)),
                item.attempts(),
                item.worker(),
                Optional.of(item.ended()),
                works(item));
    }

    private Explanation unknown(String key) {
        List<String> near = NearKeys.of(ledger, key);
        String meant = near.isEmpty()
                ? ""
                : near.stream()
                        .map(each -> "'" + each + "'")
                        .collect(Collectors.joining(", ", "; keys that are like it: ", ""));
        return new Explanation(
                key,
                false,
                Optional.empty(),
                Optional.empty(),
                true,
                "the ledger has no outcome of it; a resume runs it if the source gives it" + meant,
                0,
                OptionalInt.empty(),
                Optional.empty(),
                Map.of());
    }

    private String settled(ItemRow item) {
        String what = switch (item.state()) {
            case DONE -> "done";
            case CONSUMED -> "ended well without a value of its own (it became other items or went into a sink)";
            default -> "left out by the topology itself";
        };
        return what + " in run " + item.run() + " on " + time(item.ended()) + took(item) + worker(item) + attempt(item)
                + (isOverdue(item) ? overdue() : "; a resume leaves it out");
    }

    /** Whether a later run began all again and has not come to it. */
    private boolean isOverdue(ItemRow item) {
        return item.run() < ledger.with(RunRow::countsFrom);
    }

    private String overdue() {
        return "; run " + ledger.with(RunRow::countsFrom)
                + " began all again and has no outcome of it, so that a resume runs it again";
    }

    private String failed(ItemRow item, JobFailure failure, JobFiles files) {
        String cause = cause(failure);
        String what = switch (item.state()) {
            case TIMED_OUT -> "ran out of time" + work(failure) + cause;
            case CRASHED -> "killed its process" + work(failure) + cause;
            default -> "failed" + work(failure) + cause;
        };
        String file = failure.file()
                .map(path -> "; " + files.directory().relativize(path) + " has "
                        + (item.state() == ItemState.FAILED ? "the stack trace" : "the details"))
                .orElse("");
        return what + " after " + count(item.attempts(), "attempt") + " in run " + item.run() + " on "
                + time(item.ended()) + worker(item) + (isOverdue(item) ? overdue() : "; a resume runs it again") + file;
    }

    private static String work(JobFailure failure) {
        return failure.work().isEmpty() ? "" : " in work '" + failure.work() + "'";
    }

    /** The simple name of the class, which a person knows it by, unless the message says it. */
    private static String cause(JobFailure failure) {
        String type = failure.type().substring(failure.type().lastIndexOf('.') + 1);
        boolean typed =
                failure.state() == ItemState.FAILED && !failure.message().contains(type);
        String message = failure.message().strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
        String shown = typed && !message.isEmpty() ? type + ": " + message : typed ? type : message;
        return shown.isEmpty() ? "" : " (" + shown + ")";
    }

    private static String took(ItemRow item) {
        return item.tookMicros().isPresent()
                ? ", in " + millis(item.tookMicros().getAsLong())
                : "";
    }

    private static String millis(long micros) {
        if (micros < 1000) {
            return micros + " µs";
        }
        return micros < 10_000
                ? String.format(Locale.ROOT, "%.1f ms", micros / 1e3)
                : micros < 10_000_000 ? micros / 1000 + " ms" : String.format(Locale.ROOT, "%.1f s", micros / 1e6);
    }

    private static String worker(ItemRow item) {
        return item.worker().isPresent() ? ", by worker " + item.worker().getAsInt() : "";
    }

    private static String attempt(ItemRow item) {
        return switch (item.attempts()) {
            case 0 -> "";
            case 1 -> ", at the first attempt";
            default -> ", at attempt " + item.attempts();
        };
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private String time(Instant instant) {
        return TIME.format(instant.atZone(zone));
    }

    private Map<String, Duration> works(ItemRow item) {
        Map<String, Duration> works = new LinkedHashMap<>();
        List<String> names = ledger.one(
                        "SELECT works_json FROM run WHERE number = ?",
                        row -> Json.of(row.getString(1)).texts(),
                        item.run())
                .orElse(List.of());
        List<Long> micros = ItemRow.micros(item.worksMicros());
        for (int i = 0; i < Math.min(names.size(), micros.size()); i++) {
            if (micros.get(i) >= 0) {
                works.put(names.get(i), Duration.ofNanos(micros.get(i) * 1000));
            }
        }
        return works;
    }
}
