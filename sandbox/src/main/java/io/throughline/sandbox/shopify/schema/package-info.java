/** Cuts the full Admin schema down to what a set of operations reaches. */
@NullMarked
package io.throughline.sandbox.shopify.schema;

import org.jspecify.annotations.NullMarked;
