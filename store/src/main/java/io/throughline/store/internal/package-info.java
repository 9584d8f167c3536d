@NullMarked
package io.throughline.store.internal;

import org.jspecify.annotations.NullMarked;
