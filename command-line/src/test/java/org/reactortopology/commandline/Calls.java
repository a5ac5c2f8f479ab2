package org.reactortopology.commandline;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.reactortopology.commandline.internal.command.JobView;
import org.reactortopology.commandline.internal.command.Surroundings;
import org.reactortopology.commandline.internal.terminal.Size;
import org.reactortopology.commandline.internal.terminal.Surface;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls of commands in surroundings of the test's choice. */
final class Calls {

    static final Instant NOW = Instant.parse("2026-11-22T10:04:05Z");

    private final Room room = new Room();
    private JobView job;
    private String out = "";
    private String err = "";

    Calls(JobView job) {
        this.job = job;
    }

    Calls() {
        this(null);
    }

    /** On a terminal of that many columns; 50 rows. */
    Calls columns(int columns) {
        room.size = new Size(columns, room.size.isUnbounded() ? 50 : room.size.rows());
        room.terminal = true;
        return this;
    }

    Calls rows(int rows) {
        room.size = new Size(room.size.columns(), rows);
        return this;
    }

    Calls coloured() {
        room.colour = true;
        return this;
    }

    Calls answering(String lines) {
        room.input = new BufferedReader(new StringReader(lines));
        room.answers = true;
        return this;
    }

    int call(String... arguments) {
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        CommandLine line = JobCommands.commandLine(new Surroundings(
                room, directory -> job == null ? JobView.in(directory) : job, Clock.fixed(NOW, ZoneOffset.UTC)));
        line.setOut(new PrintWriter(outText)).setErr(new PrintWriter(errText));
        int exitCode = line.execute(arguments);
        out = outText.toString();
        err = errText.toString();
        return exitCode;
    }

    String out() {
        return out;
    }

    /** What came out, which is one document. */
    JsonNode json() {
        return JsonMapper.shared().readTree(out);
    }

    /** What was drawn over while a run went on. */
    String drawn() {
        return room.drawn.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err;
    }

    private static final class Room implements Surface {
        private final ByteArrayOutputStream drawn = new ByteArrayOutputStream();
        private Size size = Size.UNBOUNDED;
        private boolean terminal;
        private boolean answers;
        private boolean colour;
        private BufferedReader input = new BufferedReader(new StringReader(""));

        @Override
        public boolean inputIsTerminal() {
            return answers;
        }

        @Override
        public boolean outputIsTerminal() {
            return terminal;
        }

        @Override
        public boolean errorIsTerminal() {
            return terminal;
        }

        @Override
        public PrintStream error() {
            return new PrintStream(drawn, true, StandardCharsets.UTF_8);
        }

        @Override
        public boolean colour() {
            return colour;
        }

        @Override
        public Size size() {
            return size;
        }

        @Override
        public BufferedReader input() {
            return input;
        }
    }
}
