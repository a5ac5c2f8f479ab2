package org.reactortopology.test;

/** What a work throws for an item that {@link Faults} make fail, unless the test gives an error of its own. */
public final class InjectedFault extends Exception {

    private static final long serialVersionUID = 1L;

    /** A fault of that work for that key. */
    InjectedFault(String work, String key) {
        super("injected fault in work '" + work + "' for key '" + key + "'");
    }
}
