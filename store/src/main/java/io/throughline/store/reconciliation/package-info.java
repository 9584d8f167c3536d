@NullMarked
package io.throughline.store.reconciliation;

import org.jspecify.annotations.NullMarked;
