/** The stock of a SKU over all facilities. */
@NullMarked
package io.throughline.api.console.stock;

import org.jspecify.annotations.NullMarked;
