package org.reactortopology.job.internal.ledger;

/** Lets the database have no more than some pages, so that SQLite says that the disk is full. */
public final class LedgerLimit {

    private LedgerLimit() {}

    /** For ledgers that are opened from now on; 0 for no limit. */
    public static void pages(int most) {
        LedgerFile.mostPages = most;
    }
}
