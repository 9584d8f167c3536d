@NullMarked
package io.throughline.connectors.shopify.order;

import org.jspecify.annotations.NullMarked;
