@NullMarked
package io.throughline.connectors.shopify.client;

import org.jspecify.annotations.NullMarked;
