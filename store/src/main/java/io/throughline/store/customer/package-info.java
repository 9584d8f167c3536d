@NullMarked
package io.throughline.store.customer;

import org.jspecify.annotations.NullMarked;
