@NullMarked
package io.throughline.store.finance;

import org.jspecify.annotations.NullMarked;
