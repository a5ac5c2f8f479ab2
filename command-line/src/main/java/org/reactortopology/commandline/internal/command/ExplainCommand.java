package org.reactortopology.commandline.internal.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.reactortopology.commandline.ExitCodes;
import org.reactortopology.commandline.internal.view.Amounts;
import org.reactortopology.commandline.internal.view.JobJson;
import org.reactortopology.commandline.internal.view.Texts;
import org.reactortopology.job.Explanation;
import org.reactortopology.job.JobFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what became of a key, and what a resume would do with it. */
@Command(
        name = "explain",
        description = "Prints what became of a key, and what a resume would do with it.",
        exitCodeList = {
            "0:the key has an outcome",
            "1:the ledger has no outcome of the key",
            "2:wrong usage, or there is no such job"
        })
public final class ExplainCommand extends JobCommand {

    private static final int READABLE = 100;

    @Mixin
    private DirectoryParameter job = new DirectoryParameter();

    @Parameters(index = "1", paramLabel = "KEY", description = "The key of an item.")
    private String key = "";

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    /** In these surroundings. */
    public ExplainCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int execute() {
        Explanation explanation = surroundings.jobs().apply(job.directory).explain(key);
        if (json) {
            out().println(JobJson.text(JobJson.of(explanation)));
        } else {
            print(lines(explanation, Math.min(READABLE, columns())));
        }
        return explanation.known() ? ExitCodes.ALL_DONE : ExitCodes.SOME_FAILED;
    }

    private static List<String> lines(Explanation explanation, int width) {
        String state = explanation
                .state()
                .map(known -> known.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .orElse("no outcome yet");
        List<String> lines = new ArrayList<>(Texts.wrapped(explanation.key() + ": " + state, width));
        lines.addAll(Texts.wrapped(explanation.why(), width));
        if (!explanation.works().isEmpty()) {
            String works = explanation.works().entrySet().stream()
                    .map(work -> work.getKey() + " " + Amounts.time(work.getValue()))
                    .collect(Collectors.joining(", "));
            lines.addAll(Texts.wrapped("time in works: " + works, width));
        }
        explanation
                .failure()
                .flatMap(JobFailure::file)
                .map(Path::toString)
                .ifPresent(file -> lines.add("more: " + Texts.printable(file)));
        return lines;
    }
}
