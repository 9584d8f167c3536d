/** Finds what nobody else shows: processes that stand still, and orders and processes without each other. */
@NullMarked
package io.throughline.worker.attention;

import org.jspecify.annotations.NullMarked;
