/** Products, prices and the taking in of catalogues. */
@NullMarked
package io.throughline.api.catalog;

import org.jspecify.annotations.NullMarked;
