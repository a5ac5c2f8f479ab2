package org.reactortopology.commandline.internal.view;

import java.util.List;
import java.util.Optional;
import org.reactortopology.RunReport;
import org.reactortopology.job.Explanation;
import org.reactortopology.job.ItemState;
import org.reactortopology.job.JobFailure;
import org.reactortopology.job.JobPlan;
import org.reactortopology.job.JobStatus;
import org.reactortopology.job.JobStatus.Now;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code --json} prints: one document with {@code "version": 1}. Names stay and keep their meaning within a version; names may be added. Instants
 * are ISO 8601 in UTC, times are milliseconds and end in {@code Millis}, enums go by name, and what is not known is left out.
 */
public final class JobJson {

    private static final int VERSION = 1;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JobJson() {}

    /** The document as text, without a newline at its end. */
    public static String text(ObjectNode document) {
        return MAPPER.writeValueAsString(document);
    }

    /** Of {@code status}. */
    public static ObjectNode of(JobStatus status) {
        ObjectNode json = document().put("directory", status.directory().toString());
        json.put("topology", status.topology()).put("run", status.run());
        json.put("mode", status.mode().name()).put("state", status.state().name());
        json.put("owner", status.owner()).put("executor", status.executor());
        json.put("started", status.started().toString());
        put(json, "ended", status.ended());
        ObjectNode items = json.putObject("items");
        for (ItemState state : ItemState.values()) {
            items.put(state.name(), status.items().getOrDefault(state, 0L));
        }
        json.put("settled", status.settled()).put("failures", status.failures());
        json.put("complete", status.complete());
        json.put("derived", status.recordedOfOthers());
        status.total().ifPresent(total -> json.put("total", total));
        status.now().ifPresent(now -> json.set("now", now(now)));
        put(json, "error", status.error());
        return json;
    }

    private static ObjectNode now(Now now) {
        ObjectNode json = NODES.objectNode().put("at", now.at().toString());
        json.put("taken", now.taken()).put("ended", now.ended());
        json.put("skipped", now.skipped()).put("failures", now.failures());
        json.put("derived", now.derived());
        json.put("elapsedMillis", now.elapsed().toMillis()).put("perSecond", now.perSecond());
        ArrayNode works = json.putArray("works");
        now.works()
                .forEach(work -> works.addObject()
                        .put("name", work.name())
                        .put("calls", work.calls())
                        .put("failures", work.failures())
                        .put("timeMillis", work.time().toNanos() / 1e6));
        ArrayNode queues = json.putArray("queues");
        now.queues()
                .forEach(queue -> queues.addObject()
                        .put("edge", queue.edge())
                        .put("depth", queue.depth())
                        .put("capacity", queue.capacity())
                        .put("highest", queue.highest()));
        ArrayNode workers = json.putArray("workers");
        now.workers()
                .forEach(worker -> workers.addObject()
                        .put("id", worker.id())
                        .put("pid", worker.pid())
                        .put("items", worker.items())
                        .put("outcomes", worker.outcomes())
                        .put("memoryBytes", worker.memoryBytes()));
        return json;
    }

    /** Of {@code failures}: at most so many, and how many there are. */
    public static ObjectNode of(List<JobFailure> shown, long all) {
        ObjectNode json = document().put("count", all);
        ArrayNode failures = json.putArray("failures");
        shown.forEach(failure -> failures.add(failure(failure)));
        return json;
    }

    private static ObjectNode failure(JobFailure failure) {
        ObjectNode json = NODES.objectNode().put("key", failure.key()).put("index", failure.index());
        json.put("state", failure.state().name()).put("work", failure.work());
        json.put("type", failure.type()).put("message", failure.message());
        json.put("attempts", failure.attempts()).put("run", failure.run());
        json.put("at", failure.at().toString());
        put(json, "file", failure.file());
        return json;
    }

    /** Of {@code explain}. */
    public static ObjectNode of(Explanation explanation) {
        ObjectNode json = document().put("key", explanation.key()).put("known", explanation.known());
        put(json, "state", explanation.state());
        json.put("runs", explanation.runs()).put("why", explanation.why());
        json.put("attempts", explanation.attempts());
        explanation.worker().ifPresent(worker -> json.put("worker", worker));
        put(json, "ended", explanation.ended());
        ObjectNode works = json.putObject("worksMillis");
        explanation.works().forEach((work, time) -> works.put(work, time.toNanos() / 1e6));
        explanation.failure().ifPresent(failure -> json.set("failure", failure(failure)));
        return json;
    }

    /** Of {@code plan}. */
    public static ObjectNode of(JobPlan plan) {
        ObjectNode json = document().put("mode", plan.mode().kind().name());
        plan.run().ifPresent(run -> json.put("run", run));
        plan.skip().ifPresent(skip -> json.put("skip", skip));
        plan.firstToRun().forEach(json.putArray("firstToRun")::add);
        plan.firstToSkip().forEach(json.putArray("firstToSkip")::add);
        plan.goneFromSource().forEach(json.putArray("goneFromSource")::add);
        json.put("problem", plan.problem());
        return json;
    }

    /** Of {@code run} and {@code resume}: what the run did, which is not what the ledger holds. */
    public static ObjectNode of(RunReport report, String directory, int exitCode) {
        ObjectNode json = document().put("directory", directory).put("topology", report.topology());
        json.put("state", report.state().name()).put("exitCode", exitCode);
        RunReport.Counts counts = report.counts();
        ObjectNode items = json.putObject("counts").put("taken", counts.taken());
        items.put("done", counts.done()).put("consumed", counts.consumed()).put("skipped", counts.skipped());
        items.put("failed", counts.failed()).put("timedOut", counts.timedOut()).put("crashed", counts.crashed());
        items.put("derived", counts.derived()).put("unfinished", counts.unfinished());
        json.put("wallMillis", report.wall().toMillis());
        put(json, "error", report.error());
        return json;
    }

    private static ObjectNode document() {
        return NODES.objectNode().put("version", VERSION);
    }

    private static void put(ObjectNode json, String name, Optional<?> value) {
        value.ifPresent(present -> json.put(name, present.toString()));
    }
}
