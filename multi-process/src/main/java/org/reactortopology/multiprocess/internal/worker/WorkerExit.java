package org.reactortopology.multiprocess.internal.worker;

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
    USAGE(73, "its command line or token was wrong");

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
        return switch (code) {
            case 128 + 6 -> "exit code 134 (SIGABRT: the JVM aborted)";
            case 128 + 9 -> "exit code 137 (SIGKILL: killed, perhaps by the kernel for lack of memory)";
            case 128 + 11 -> "exit code 139 (SIGSEGV: a crash in native code)";
            case 128 + 15 -> "exit code 143 (SIGTERM)";
            default -> "exit code " + code;
        };
    }
}
