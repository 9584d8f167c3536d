@NullMarked
package io.throughline.domain.reconciliation;

import org.jspecify.annotations.NullMarked;
