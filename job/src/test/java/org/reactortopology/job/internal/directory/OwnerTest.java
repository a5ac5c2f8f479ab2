package org.reactortopology.job.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OwnerTest {

    @Test
    void aProcessThatNobodyHasBuriedIsDead() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/stat")), "only Linux tells the state of processes in files");
        Process parent = new ProcessBuilder("sh", "-c", "sleep 2 & echo $!; exec sleep 60")
                .start(); // sleep asks for nobody's exit code
        try {
            long pid = Long.parseLong(parent.inputReader().readLine());
            Path stat = Path.of("/proc", Long.toString(pid), "stat");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> Files.readString(stat).contains(") Z"));
            ProcessHandle zombie = ProcessHandle.of(pid).orElseThrow();

            Owner owner = new Owner(
                    Owner.self().host(), pid, zombie.info().startInstant().orElse(java.time.Instant.EPOCH));

            assertThat(owner.lives()).isFalse();
            assertThat(Owner.self().lives()).isTrue();
        } finally {
            parent.destroyForcibly();
        }
    }
}
