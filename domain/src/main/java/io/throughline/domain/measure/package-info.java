/** How well the business runs: what waits, what was promised, and the figures of a period. */
@NullMarked
package io.throughline.domain.measure;

import org.jspecify.annotations.NullMarked;
