package org.reactortopology.commandline.internal.command;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.reactortopology.commandline.ExitCodes;
import org.reactortopology.commandline.internal.view.Amounts;
import org.reactortopology.commandline.internal.view.JobJson;
import org.reactortopology.commandline.internal.view.Texts;
import org.reactortopology.job.JobPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints what a run would do. */
@Command(
        name = "plan",
        description =
                "Prints what a run of the job would run and skip, without running it. Without --mode: of a resume.",
        exitCodeList = {
            "0:it is printed",
            "2:wrong usage, there is no such job, or the run would be refused, which is printed"
        })
public final class PlanCommand extends JobCommand {

    private static final int READABLE = 120;

    @Mixin
    private DirectoryParameter job = new DirectoryParameter();

    @Mixin
    private ModeOptions modes = new ModeOptions();

    @Option(names = "--allow-changes", description = "As with run.")
    private boolean allowChanges;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    /** In these surroundings. */
    public PlanCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int execute() {
        Mode mode = modes.mode(Mode.RESUME);
        if (mode == Mode.ASK) {
            throw new UsageException("--mode ask has no plan: give one of the other modes");
        }
        JobPlan plan = surroundings.jobs().apply(job.directory).plan(modes.jobMode(mode), allowChanges);
        if (json) {
            out().println(JobJson.text(JobJson.of(plan)));
        } else {
            print(lines(plan, mode, Math.min(READABLE, columns())));
        }
        return plan.problem().isEmpty() ? ExitCodes.ALL_DONE : ExitCodes.USAGE;
    }

    private static List<String> lines(JobPlan plan, Mode mode, int width) {
        List<String> lines = new ArrayList<>();
        if (!plan.problem().isEmpty()) {
            lines.addAll(Texts.wrapped(mode + " would be refused: " + plan.problem(), width));
            return lines;
        }
        lines.add(mode + " would run " + known(plan.run()) + " and skip " + known(plan.skip()));
        keys(lines, "run", plan.firstToRun(), plan.run(), width);
        keys(lines, "skip", plan.firstToSkip(), plan.skip(), width);
        keys(lines, "gone from the source", plan.goneFromSource(), OptionalLong.empty(), width);
        return lines;
    }

    private static String known(OptionalLong count) {
        return count.isPresent() ? Amounts.count(count.getAsLong(), "item") : "an unknown number of items";
    }

    private static void keys(List<String> lines, String heading, List<String> keys, OptionalLong all, int width) {
        if (keys.isEmpty()) {
            return;
        }
        long more = all.isPresent() ? all.getAsLong() - keys.size() : 0;
        String rest = more > 0 ? ", and " + Amounts.count(more) + " more" : "";
        lines.addAll(Texts.wrapped(heading + ": " + String.join(", ", keys) + rest, width));
    }
}
