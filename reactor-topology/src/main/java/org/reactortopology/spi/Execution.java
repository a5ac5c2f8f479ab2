package org.reactortopology.spi;

import org.reactortopology.Outcome;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What an executor gives for one run.
 *
 * @param outcomes one outcome per item; subscribed to once, which starts the run
 * @param released subscribed to once, when the outcomes have ended in any way: completes when threads and processes have ended
 */
public record Execution(Flux<Outcome<Object>> outcomes, Mono<Void> released) {}
