/**
 * What all benchmarks share: samples by turns, whole processes measured, tables, {@code results.json}, pictures, and the comparison of two results.
 *
 * <p>A suite is a class and a file {@code benchmarks/suites/echo} with at least {@code what=} one sentence and {@code class=} its name:
 *
 * <pre>{@code
 * public final class EchoSuite implements Suite {
 *     private static final Unit MEDIAN = Unit.less("us median");
 *
 *     @Override
 *     public void run(Session session) throws Exception {
 *         int items = session.shortForm() ? 100_000 : 2_000_000;
 *         Load small = session.load("64 B");
 *         try (Echo raw = Echo.raw(); Echo worker = Echo.overOneWorker()) {
 *             session.byTurns()
 *                     .warmUps(1)
 *                     .turn(small, "raw socket", into -> into.add(Unit.ITEMS_PER_SECOND, raw.itemsPerSecond(items)))
 *                     .turn(small, "one worker", into -> into.add(Unit.ITEMS_PER_SECOND, worker.itemsPerSecond(items)))
 *                     .turn(small, "one process", into -> {
 *                         MeasuredCommand run = JvmCommand.main(Echo.class).options("-Xmx64m").arguments("64").run();
 *                         into.add(Unit.ITEMS_PER_SECOND, run.figure("items/s")); // the process calls MeasuredCommand.tell
 *                         into.add(Unit.CPU_SECONDS, run.cpuSeconds()).add(Unit.PEAK_MIB, run.peakMiB());
 *                     })
 *                     .run();
 *         }
 *         small.ratio("one worker", "raw socket", Unit.ITEMS_PER_SECOND, Target.atLeast(0.15));
 *         session.load("cost by size").at(1024, "bytes").sample("one worker", MEDIAN, 17.5); // a point of a curve
 *     }
 * }
 * }</pre>
 */
@NullMarked
package org.reactortopology.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
