/** The same loads on the parallel executor and on what a user would pick instead in one JVM, each in a configuration that its own makers advise. */
@NullMarked
package org.reactortopology.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
