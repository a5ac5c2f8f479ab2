package org.reactortopology.multiprocess.internal.worker;

import java.util.Map;

/** Exit codes of a worker. */
public enum WorkerExit {
    /** The coordinator said goodbye. */
    GOODBYE(0, "told to end"),
    /** The coordinator has died or closed its end without a goodbye. */
    COORDINATOR_GONE(70, "the coordinator was gone"),
    /** What came in was not the protocol, or the other side did not prove that it holds the token, or closed the connection instead. */
    PROTOCOL(71, "what came in was not the protocol"),
    /** Nobody listened at the address. */
    NO_CONNECTION(72, "it could not connect to the coordinator"),
    /** The command line or the token on standard input was wrong. */
    USAGE(73, "its command line or token was wrong"),
    /** An error of the virtual machine escaped from a work. */
    FATAL(74, "an error of the virtual machine escaped from a work");

    /** What the JVM exits with at an OutOfMemoryError, by the option that workers are given. */
    private static final int OUT_OF_MEMORY = 3;

    /** Signals are so much and the signal's number. */
    private static final int SIGNAL = 128;

    private static final Map<Integer, String> SIGNALS = Map.ofEntries(
            Map.entry(1, "SIGHUP: its terminal was closed"),
            Map.entry(2, "SIGINT: interrupted"),
            Map.entry(3, "SIGQUIT"),
            Map.entry(4, "SIGILL: a crash in native code"),
            Map.entry(5, "SIGTRAP"),
            Map.entry(6, "SIGABRT: the JVM aborted"),
            Map.entry(7, "SIGBUS: a crash in native code, perhaps a full disk under a mapped file"),
            Map.entry(8, "SIGFPE: a crash in native code"),
            Map.entry(9, "SIGKILL: killed, perhaps by the kernel for lack of memory"),
            Map.entry(11, "SIGSEGV: a crash in native code"),
            Map.entry(13, "SIGPIPE"),
            Map.entry(14, "SIGALRM"),
            Map.entry(15, "SIGTERM"),
            Map.entry(24, "SIGXCPU: its limit of processor time was reached"),
            Map.entry(25, "SIGXFSZ: its limit of file size was reached"),
            Map.entry(31, "SIGSYS: a system call was refused"));

    private final int code;
    private final String meaning;

    WorkerExit(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The process's exit code. */
    public int code() {
        return code;
    }

    /** What it means, in words; signals are 128 and the signal's number. */
    public static String describe(int code) {
        for (WorkerExit exit : values()) {
            if (exit.code == code) {
                return "exit code " + code + " (" + exit.meaning + ")";
            }
        }
        String signal = SIGNALS.get(code - SIGNAL);
        if (signal != null) {
            return "exit code " + code + " (" + signal + ")";
        }
        return code == OUT_OF_MEMORY
                ? "exit code 3 (OutOfMemoryError, unless the program exits with 3 itself)"
                : "exit code " + code;
    }
}
