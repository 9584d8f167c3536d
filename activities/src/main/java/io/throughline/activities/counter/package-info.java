/** The steps of returns over counters. */
@NullMarked
package io.throughline.activities.counter;

import org.jspecify.annotations.NullMarked;
