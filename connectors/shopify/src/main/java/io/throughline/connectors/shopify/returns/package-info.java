@NullMarked
package io.throughline.connectors.shopify.returns;

import org.jspecify.annotations.NullMarked;
