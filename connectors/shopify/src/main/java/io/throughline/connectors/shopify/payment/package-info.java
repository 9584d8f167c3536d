@NullMarked
package io.throughline.connectors.shopify.payment;

import org.jspecify.annotations.NullMarked;
