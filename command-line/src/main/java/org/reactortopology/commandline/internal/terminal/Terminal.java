package org.reactortopology.commandline.internal.terminal;

import java.io.BufferedReader;
import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.Charset;
import java.util.concurrent.TimeUnit;

/** The terminal that the process is attached to, if it is, asked through the shell: the JDK tells of all three streams at once only. */
public final class Terminal implements Surface {

    private static final int IN = 1;
    private static final int OUT = 2;
    private static final int ERR = 4;
    private static final int ALL = IN | OUT | ERR;
    private static final String ASK =
            "r=0; [ -t 0 ] && r=$((r+1)); [ -t 1 ] && r=$((r+2)); [ -t 2 ] && r=$((r+4)); exit $r";

    private final int attached;
    private final boolean colour;
    private final BufferedReader input = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));

    private Terminal(int attached, boolean colour) {
        this.attached = attached;
        this.colour = colour;
    }

    /** The terminal of this process. Starts a shell for a few milliseconds to find out. */
    public static Terminal ofProcess() {
        String plain = System.getenv("NO_COLOR");
        boolean colour = (plain == null || plain.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
        return new Terminal(attached(), colour);
    }

    @Override
    public boolean inputIsTerminal() {
        return (attached & IN) != 0;
    }

    @Override
    public boolean outputIsTerminal() {
        return (attached & OUT) != 0;
    }

    @Override
    public boolean errorIsTerminal() {
        return (attached & ERR) != 0;
    }

    @Override
    public PrintStream error() {
        return System.err;
    }

    @Override
    public boolean colour() {
        return colour && outputIsTerminal();
    }

    @Override
    public Size size() {
        if (!outputIsTerminal()) {
            return Size.UNBOUNDED;
        }
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(Redirect.DISCARD)
                    .start();
            try (BufferedReader lines = stty.inputReader()) {
                return parse(String.valueOf(lines.readLine()));
            } finally {
                stty.destroy();
            }
        } catch (IOException e) {
            return Size.USUAL;
        }
    }

    @Override
    public BufferedReader input() {
        return input;
    }

    /** What {@code stty size} prints: rows, a space, columns. A terminal that was never told its size says 0 0. */
    static Size parse(String printed) {
        String[] numbers = printed.strip().split(" ");
        if (numbers.length != 2 || !numbers[0].matches("\\d{1,5}") || !numbers[1].matches("\\d{1,5}")) {
            return Size.USUAL;
        }
        int rows = Integer.parseInt(numbers[0]);
        int columns = Integer.parseInt(numbers[1]);
        return new Size(columns == 0 ? Size.USUAL.columns() : columns, rows == 0 ? Size.USUAL.rows() : rows);
    }

    private static int attached() {
        try {
            Process shell = new ProcessBuilder("sh", "-c", ASK).inheritIO().start();
            if (shell.waitFor(5, TimeUnit.SECONDS)) {
                return shell.exitValue() & ALL;
            }
            shell.destroyForcibly();
        } catch (IOException e) {
            return consoleIsTerminal() ? ALL : 0; // no shell here
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    /** From JDK 22 a console is there even without a terminal and has a method that tells. */
    @SuppressWarnings("SystemConsoleNull") // that is why isTerminal is asked where it is there
    private static boolean consoleIsTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }
}
