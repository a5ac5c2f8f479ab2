/** The report of a job for people and for programs, made of its ledger alone. */
@NullMarked
package org.reactortopology.job.internal.report;

import org.jspecify.annotations.NullMarked;
