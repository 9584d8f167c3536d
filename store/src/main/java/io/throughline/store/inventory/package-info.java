@NullMarked
package io.throughline.store.inventory;

import org.jspecify.annotations.NullMarked;
