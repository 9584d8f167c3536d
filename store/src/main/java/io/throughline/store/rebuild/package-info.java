@NullMarked
package io.throughline.store.rebuild;

import org.jspecify.annotations.NullMarked;
