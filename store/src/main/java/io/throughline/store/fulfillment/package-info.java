@NullMarked
package io.throughline.store.fulfillment;

import org.jspecify.annotations.NullMarked;
