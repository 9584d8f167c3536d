/** What was taken back over stores' counters: its goods, who gives the money, and what people decide about it. */
@NullMarked
package io.throughline.api.console.counter;

import org.jspecify.annotations.NullMarked;
