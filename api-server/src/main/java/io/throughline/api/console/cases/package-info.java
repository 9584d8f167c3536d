/** The queue of cases, and one case with its runbook beside it. */
@NullMarked
package io.throughline.api.console.cases;

import org.jspecify.annotations.NullMarked;
