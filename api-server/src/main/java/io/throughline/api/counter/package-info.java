/** Returns over stores' counters. */
@NullMarked
package io.throughline.api.counter;

import org.jspecify.annotations.NullMarked;
