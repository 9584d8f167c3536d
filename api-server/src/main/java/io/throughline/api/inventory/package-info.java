/** What people and clients tell of stock. */
@NullMarked
package io.throughline.api.inventory;

import org.jspecify.annotations.NullMarked;
