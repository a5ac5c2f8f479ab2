package org.reactortopology.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompilersTest {

    @Test
    void aReportWithoutMethodsIsIdle() {
        assertThat(Compilers.areIdle("Current compiles: \n\nC1 compile queue:\nEmpty\n\nC2 compile queue:\nEmpty\n\n"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Current compiles: \nC2 CompilerThread0  412    4    java.lang.String::hashCode (60 bytes)\n\nC1 compile queue:\nEmpty\n\nC2 compile queue:\nEmpty\n",
                "Current compiles: \n\nC1 compile queue:\nEmpty\n\nC2 compile queue:\n3618       4       sun.java2d.marlin.Renderer::moveTo (41 bytes)\n",
                "Current compiles: \n\nC1 compile queue:\n3629 %     3       a.B::fill @ 33 (77 bytes)\n\nC2 compile queue:\nEmpty\n",
                "Unknown diagnostic command"
            })
    void aMethodThatIsCompiledOrWaitsIsNot(String report) {
        assertThat(Compilers.areIdle(report)).isFalse();
    }

    @Test
    void aCommandIsAnswered() {
        assertThat(String.valueOf(Compilers.diagnostic("vmVersion"))).contains("JDK");
        assertThat(String.valueOf(Compilers.diagnostic("help", "VM.version"))).contains("VM.version");
    }

    @Test
    void oneThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> Compilers.diagnostic("noSuchCommand"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("noSuchCommand");
    }
}
