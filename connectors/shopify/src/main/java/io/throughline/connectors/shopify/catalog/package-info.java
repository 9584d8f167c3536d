@NullMarked
package io.throughline.connectors.shopify.catalog;

import org.jspecify.annotations.NullMarked;
