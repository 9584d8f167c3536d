/** Baskets: stock that is kept until it is ordered. */
@NullMarked
package io.throughline.api.basket;

import org.jspecify.annotations.NullMarked;
