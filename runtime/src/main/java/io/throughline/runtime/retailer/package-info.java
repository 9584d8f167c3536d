/** What a retailer configures: its installations, places, products, books, stock and policies. */
@NullMarked
package io.throughline.runtime.retailer;

import org.jspecify.annotations.NullMarked;
