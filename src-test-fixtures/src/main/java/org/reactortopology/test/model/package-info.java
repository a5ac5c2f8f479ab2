/** Random graphs of all verbs: how they are made, what they compute, and a second opinion on how their items end. */
@NullMarked
package org.reactortopology.test.model;

import org.jspecify.annotations.NullMarked;
