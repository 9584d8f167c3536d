/** A marketplace that sells the retailer's goods and wants to hear of each order in time. */
@NullMarked
package io.throughline.sandbox.marketplace;

import org.jspecify.annotations.NullMarked;
