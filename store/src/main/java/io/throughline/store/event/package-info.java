/** The public entries of the trace in their order, who subscribes to them, and how far each delivery has come. */
@NullMarked
package io.throughline.store.event;

import org.jspecify.annotations.NullMarked;
