@NullMarked
package io.throughline.store.access;

import org.jspecify.annotations.NullMarked;
