@NullMarked
package io.throughline.store.sale;

import org.jspecify.annotations.NullMarked;
