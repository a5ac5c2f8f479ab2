package org.reactortopology.commandline.internal.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {

    @ParameterizedTest
    @CsvSource({"24 80, 80, 24", "50 200, 200, 50", "0 0, 80, 24", "null, 80, 24", "-1 5, 80, 24", "1 2 3, 80, 24"})
    void sizesAreReadOrTheUsualOnes(String printed, int columns, int rows) {
        assertThat(Terminal.parse(printed)).isEqualTo(new Size(columns, rows));
    }

    @Test
    void linesAreDrawnOverThemselvesAndTheCursorComesBack() {
        StringWriter out = new StringWriter();
        Size size = new Size(80, 24);
        try (Redrawing screen = new Redrawing(new PrintWriter(out), size)) {
            screen.draw(List.of("a", "b"), size);
            screen.draw(List.of("c"), size);
        }

        assertThat(out.toString())
                .isEqualTo("\u001b[?25la\u001b[K\nb\u001b[K\n\u001b[J\u001b[2A\rc\u001b[K\n\u001b[J\u001b[?25h");
    }

    @Test
    void anotherSizeClearsTheScreen() {
        StringWriter out = new StringWriter();
        try (Redrawing screen = new Redrawing(new PrintWriter(out), new Size(80, 24))) {
            screen.draw(List.of("a"), new Size(80, 24));
            screen.draw(List.of("b"), new Size(60, 24));
        }

        assertThat(out.toString()).contains("\u001b[2J\u001b[Hb").doesNotContain("\u001b[1A");
    }
}
