/** Finds the events in Temporal's histories that belong to the entries of the trace. */
@NullMarked
package io.throughline.worker.history;

import org.jspecify.annotations.NullMarked;
