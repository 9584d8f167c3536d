@NullMarked
package io.throughline.connectors.shopify.inventory;

import org.jspecify.annotations.NullMarked;
