@NullMarked
package io.throughline.connectors.shopify.reconciliation;

import org.jspecify.annotations.NullMarked;
