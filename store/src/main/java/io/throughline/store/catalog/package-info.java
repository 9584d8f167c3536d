@NullMarked
package io.throughline.store.catalog;

import org.jspecify.annotations.NullMarked;
