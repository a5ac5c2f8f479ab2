/** The test kit: the contract that every executor keeps, and what a test needs to see it kept. */
@NullMarked
package org.reactortopology.test;

import org.jspecify.annotations.NullMarked;
