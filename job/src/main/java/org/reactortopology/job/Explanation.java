package org.reactortopology.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the ledger knows of one key, and what a resume would do with it.
 *
 * @param known whether the ledger has an outcome of it
 * @param state that outcome
 * @param failure where and why it failed, if it did
 * @param runs whether a resume would run it
 * @param why in one sentence: done when, failed where, will run because
 * @param attempts how often it was begun, over all runs
 * @param worker number of the worker that ran it last
 * @param ended when its outcome came
 * @param works time inside each work that was called, in the order of the topology
 */
public record Explanation(
        String key,
        boolean known,
        Optional<ItemState> state,
        Optional<JobFailure> failure,
        boolean runs,
        String why,
        int attempts,
        OptionalInt worker,
        Optional<Instant> ended,
        Map<String, Duration> works) {}
