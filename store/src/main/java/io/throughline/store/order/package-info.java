@NullMarked
package io.throughline.store.order;

import org.jspecify.annotations.NullMarked;
