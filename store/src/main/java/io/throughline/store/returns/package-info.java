@NullMarked
package io.throughline.store.returns;

import org.jspecify.annotations.NullMarked;
