/** Turns frames into bytes and back; the table and the rules are in {@code docs/protocol.md}. */
@NullMarked
package org.reactortopology.multiprocess.internal.wire;

import org.jspecify.annotations.NullMarked;
