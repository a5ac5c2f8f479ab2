package org.reactortopology.commandline.internal.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.reactortopology.commandline.ExitCodes;
import org.reactortopology.commandline.internal.view.Amounts;
import org.reactortopology.commandline.internal.view.JobJson;
import org.reactortopology.commandline.internal.view.Table;
import org.reactortopology.job.JobFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the failures of a job. */
@Command(
        name = "failures",
        description = "Prints the keys whose outcome is a failure, in the order of the source.",
        exitCodeList = {"0:nothing failed", "1:some items failed", "2:wrong usage, or there is no such job"})
public final class FailuresCommand extends JobCommand {

    private static final int WIDE = 150;

    @Mixin
    private DirectoryParameter job = new DirectoryParameter();

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many are printed at most; 0 prints all (default: ${DEFAULT-VALUE}).")
    private int limit;

    /** In these surroundings. */
    public FailuresCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int execute() {
        if (limit < 0) {
            throw new UsageException("--limit is " + limit + ": give 0 or more");
        }
        List<JobFailure> all = surroundings.jobs().apply(job.directory).failures();
        List<JobFailure> shown = limit == 0 || all.size() <= limit ? all : all.subList(0, limit);
        if (json) {
            out().println(JobJson.text(JobJson.of(shown, all.size())));
        } else if (all.isEmpty()) {
            out().println("no failures");
        } else {
            print(table(shown).lines(columns(), colour()));
            if (shown.size() < all.size()) {
                err().println("failures: " + Amounts.count(all.size() - shown.size())
                        + " more are not printed: --limit 0 prints all");
            }
        }
        return all.isEmpty() ? ExitCodes.ALL_DONE : ExitCodes.SOME_FAILED;
    }

    private Table table(List<JobFailure> failures) {
        boolean wide = columns() >= WIDE;
        Table table = wide
                ? new Table(4, "KEY", "STATE", "WORK", ">TRIES", "MESSAGE", "FILE")
                : new Table(4, "KEY", "STATE", "WORK", ">TRIES", "MESSAGE");
        for (JobFailure failure : failures) {
            String state = failure.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            String work = failure.work().isEmpty() ? "-" : failure.work();
            String tries = Integer.toString(failure.attempts());
            if (wide) {
                String file = failure.file().map(Path::toString).orElse("-");
                table.row(failure.key(), state, work, tries, failure.message(), file);
            } else {
                table.row(failure.key(), state, work, tries, failure.message());
            }
        }
        return table;
    }
}
