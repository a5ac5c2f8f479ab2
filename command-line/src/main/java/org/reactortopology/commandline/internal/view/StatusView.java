package org.reactortopology.commandline.internal.view;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.StringJoiner;
import org.reactortopology.commandline.internal.terminal.Ink;
import org.reactortopology.job.ItemState;
import org.reactortopology.job.JobStatus;
import org.reactortopology.job.JobStatus.Now;
import org.reactortopology.job.JobStatus.State;

/** A job in three lines: what and how, how far, and the counts. */
public final class StatusView {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final int BAR_IN_FILES = 40;

    private final JobStatus status;
    private final Instant now;
    private final ZoneId zone;
    private final int width;
    private final boolean colour;

    /** Of a status that is shown at that moment, in lines of at most that width. */
    public StatusView(JobStatus status, Instant now, ZoneId zone, int width, boolean colour) {
        this.status = status;
        this.now = now;
        this.zone = zone;
        this.width = width;
        this.colour = colour;
    }

    /** Three lines. */
    public List<String> threeLines() {
        return List.of(headline(), progressLine(), countsLine());
    }

    /** The three lines, what broke the run if anything did, and what one can do about it. */
    public List<String> lines(String program) {
        List<String> lines = new ArrayList<>(threeLines());
        status.error().ifPresent(error -> lines.addAll(Texts.wrapped("error: " + error, Math.max(40, width))));
        String next = nextStep(program);
        if (!next.isEmpty()) {
            lines.addAll(Texts.wrapped(next, Math.max(40, width)));
        }
        return lines;
    }

    /** What a person can do now; empty if nothing is left to be done. */
    public String nextStep(String program) {
        if (status.state() == State.RUNNING || status.complete()) {
            return "";
        }
        String directory = Texts.shell(status.directory().toString());
        return status.state() == State.COMPLETED && status.failures() > 0
                ? "see why: " + program + " failures " + directory + "; run them again: " + program + " resume "
                        + directory
                : "go on: " + program + " resume " + directory;
    }

    /** One line that says it all, for logs. */
    public String oneLine() {
        String line = status.topology() + ": " + state() + ", " + farText();
        String failed = status.failures() == 0 ? "" : ", " + Amounts.count(status.failures()) + " failed";
        return Texts.fit(Texts.printable(line + failed + paceText()), width);
    }

    /** Keys of the source that have come to an end, as far as the progress of the latest run goes. */
    static long far(JobStatus status) {
        boolean running = status.state() == State.RUNNING;
        return running && status.now().isPresent() ? status.now().get().endedOfSource() : status.recorded();
    }

    private String headline() {
        String head = status.topology() + ": ";
        String tail = ", run " + status.run() + " (" + lower(status.mode()) + ") in " + status.directory();
        String state = state();
        String since = since();
        String plain = Texts.fit(Texts.printable(head + state + since + tail), width);
        return colour
                ? plain.replaceFirst(": " + state, ": " + inkOf(status.state()).on(state, true))
                : plain;
    }

    private String state() {
        return lower(status.state());
    }

    private String since() {
        if (status.state() == State.RUNNING) {
            return " for " + Amounts.time(Duration.between(status.started(), now));
        } else if (status.ended().isPresent()) {
            Instant end = status.ended().get();
            return " " + at(end) + " after " + Amounts.time(Duration.between(status.started(), end));
        }
        return status.now().map(last -> ", last seen " + at(last.at())).orElse(", begun " + at(status.started()));
    }

    private String at(Instant instant) {
        ZonedDateTime then = ZonedDateTime.ofInstant(instant, zone);
        boolean today =
                then.toLocalDate().equals(ZonedDateTime.ofInstant(now, zone).toLocalDate());
        return (today ? TIME : DAY_AND_TIME).format(then);
    }

    private String progressLine() {
        String text = farText() + paceText();
        if (status.total().isEmpty()) {
            return Texts.fit(text, width);
        }
        int room = width >= 1000 ? BAR_IN_FILES : Math.max(10, width - Texts.width(text) - 1);
        return Texts.fit(bar(room) + " " + text, width);
    }

    private String bar(int room) {
        return total() == 0 ? Bars.of(1, 1, room) : Bars.of(far(status), total(), room);
    }

    private long total() {
        return status.total().orElse(0);
    }

    private String farText() {
        long far = far(status);
        OptionalLong total = status.total();
        return total.isEmpty()
                ? Amounts.count(far, "item")
                : Amounts.count(far) + " of " + Amounts.count(total.getAsLong()) + " ("
                        + Amounts.percent(far, total.getAsLong()) + ")";
    }

    /** The rate of what is run, and the time that the rest would take at it; what is skipped counts as progress, not as rate. */
    private String paceText() {
        if (status.state() != State.RUNNING || status.now().isEmpty()) {
            return "";
        }
        Now latest = status.now().get();
        String rate = ", " + Amounts.rate(latest.perSecond());
        if (status.total().isEmpty()) {
            return rate;
        }
        return rate
                + Pace.left(total() - far(status), latest.perSecond())
                        .map(left -> ", " + Amounts.left(left))
                        .orElse("");
    }

    private String countsLine() {
        StringJoiner line = new StringJoiner(", ");
        for (ItemState state : ItemState.values()) {
            long count = status.items().getOrDefault(state, 0L);
            if (count > 0 || state == ItemState.DONE) {
                line.add(Amounts.count(count) + " " + lower(state));
            }
        }
        if (status.recordedOfOthers() > 0) {
            line.add(Amounts.count(status.recordedOfOthers()) + " of these made of others");
        }
        String plain = Texts.fit(Texts.printable(line + "; " + status.executor() + "; " + status.owner()), width);
        return status.failures() == 0 ? plain : inked(plain);
    }

    private String inked(String plain) {
        String coloured = plain;
        for (ItemState state : ItemState.values()) {
            long count = status.items().getOrDefault(state, 0L);
            if (!state.isSettled() && count > 0) {
                String part = Amounts.count(count) + " " + lower(state);
                coloured = coloured.replace(part, Ink.BAD.on(part, colour));
            }
        }
        return coloured;
    }

    private static Ink inkOf(State state) {
        return switch (state) {
            case RUNNING, COMPLETED -> Ink.GOOD;
            case DRAINED, STOPPED, CANCELLED -> Ink.NOTE;
            case KILLED, HALTED, FAILED -> Ink.BAD;
        };
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
