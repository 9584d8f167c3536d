@NullMarked
package io.throughline.activities.reconciliation;

import org.jspecify.annotations.NullMarked;
