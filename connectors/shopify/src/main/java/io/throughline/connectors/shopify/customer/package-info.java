@NullMarked
package io.throughline.connectors.shopify.customer;

import org.jspecify.annotations.NullMarked;
