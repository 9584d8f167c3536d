/** Marketplaces that sell our goods: what they are told of their orders, and by when. */
@NullMarked
package io.throughline.domain.marketplace;

import org.jspecify.annotations.NullMarked;
