@NullMarked
package io.throughline.store.inbox;

import org.jspecify.annotations.NullMarked;
