/**
 * Particle images: reading them from files as grey levels, and making synthetic ones of known displacement.
 */
@NullMarked
package org.reactortopology.examples.piv.image;

import org.jspecify.annotations.NullMarked;
