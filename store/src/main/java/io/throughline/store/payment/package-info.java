@NullMarked
package io.throughline.store.payment;

import org.jspecify.annotations.NullMarked;
