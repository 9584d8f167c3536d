/** Dry runs: what would have come of recorded orders by another routing policy. */
@NullMarked
package io.throughline.domain.routing.trial;

import org.jspecify.annotations.NullMarked;
