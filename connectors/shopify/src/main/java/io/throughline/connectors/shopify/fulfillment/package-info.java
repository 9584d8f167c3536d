@NullMarked
package io.throughline.connectors.shopify.fulfillment;

import org.jspecify.annotations.NullMarked;
