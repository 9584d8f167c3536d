@NullMarked
package io.throughline.store.trace;

import org.jspecify.annotations.NullMarked;
