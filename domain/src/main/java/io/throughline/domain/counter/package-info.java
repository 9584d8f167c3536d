/** Goods of a till's sale, which belongs to no order, that come back over a store's counter. */
@NullMarked
package io.throughline.domain.counter;

import org.jspecify.annotations.NullMarked;
