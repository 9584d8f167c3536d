@NullMarked
package io.throughline.store.effect;

import org.jspecify.annotations.NullMarked;
