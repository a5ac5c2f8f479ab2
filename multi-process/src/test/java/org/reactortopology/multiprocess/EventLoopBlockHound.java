package org.reactortopology.multiprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactortopology.Outcome;
import org.reactortopology.Topology;
import org.reactortopology.test.ContractTopology;
import org.reactortopology.test.ContractTopology.From;
import org.reactortopology.test.LeakCheck;
import reactor.blockhound.BlockHound;

/** The coordinator's side over real workers never blocks an event loop: BlockHound throws where it does, and the run would break. */
@Timeout(120)
class EventLoopBlockHound {

    @BeforeAll
    static void install() {
        BlockHound.install();
    }

    @Test
    void aRunOverWorkersBlocksNoEventLoop() {
        Topology<Long> topology =
                Topology.from(ContractTopology.class, ContractTopology.Params.of("block-hound", From.SERIES, 500));

        long done = MultiProcessExecutor.workers(1)
                .run(topology)
                .outcomes()
                .filter(Outcome.Done.class::isInstance)
                .count()
                .block(Duration.ofSeconds(100));

        assertThat(done).isEqualTo(500);
        LeakCheck.awaitNoChildProcess();
    }
}
