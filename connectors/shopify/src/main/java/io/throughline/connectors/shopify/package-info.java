@NullMarked
package io.throughline.connectors.shopify;

import org.jspecify.annotations.NullMarked;
