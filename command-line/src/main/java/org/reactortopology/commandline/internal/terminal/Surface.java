package org.reactortopology.commandline.internal.terminal;

import java.io.BufferedReader;
import java.io.PrintStream;

/** Where a command reads from and writes to. */
public interface Surface {

    /** Whether a person can answer. */
    boolean inputIsTerminal();

    /** Whether results are shown at once, so that they can be drawn over. */
    boolean outputIsTerminal();

    /** Whether progress is shown at once, so that it can be drawn over. */
    boolean errorIsTerminal();

    /** Where progress is drawn over. */
    PrintStream error();

    /** Whether results may be coloured. */
    boolean colour();

    /** Room for results, now. */
    Size size();

    /** What a person answers. */
    BufferedReader input();
}
