@NullMarked
package io.throughline.workflows.reconciliation;

import org.jspecify.annotations.NullMarked;
