@NullMarked
package io.throughline.store.intervention;

import org.jspecify.annotations.NullMarked;
