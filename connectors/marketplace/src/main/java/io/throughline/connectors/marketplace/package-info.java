/** Marketplaces by their API: what they are told of their orders, and what they ask for by signed webhooks. */
@NullMarked
package io.throughline.connectors.marketplace;

import org.jspecify.annotations.NullMarked;
