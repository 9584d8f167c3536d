/** Returns over stores' counters, in PostgreSQL. */
@NullMarked
package io.throughline.store.counter;

import org.jspecify.annotations.NullMarked;
