/** Finding the subject that any id belongs to. */
@NullMarked
package io.throughline.api.trace;

import org.jspecify.annotations.NullMarked;
