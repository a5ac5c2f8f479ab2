package org.reactortopology.examples.piv;

import java.util.List;
import org.reactortopology.examples.piv.output.SavedField;

/**
 * What a run tells of a pair that is done.
 *
 * @param saved where its files lie
 * @param warnings what the reader of the results should know, one line each
 */
public record PivResult(SavedField saved, List<String> warnings) {}
