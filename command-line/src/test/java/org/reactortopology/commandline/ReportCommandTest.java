package org.reactortopology.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReportCommandTest {

    @Test
    void reportPrintsWhereItIs() {
        Calls calls = new Calls(FakeJob.of());

        assertThat(calls.call("report", "dir")).isZero();
        assertThat(calls.out())
                .isEqualToIgnoringNewLines(Path.of("job", "report.html").toString());
    }
}
