/** The orders of marketplaces with their deadlines. */
@NullMarked
package io.throughline.store.marketplace;

import org.jspecify.annotations.NullMarked;
