/** The money of what was taken back over a store's counter, from the goods to its end. */
@NullMarked
package io.throughline.workflows.counter;

import org.jspecify.annotations.NullMarked;
