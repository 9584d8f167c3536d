/** The runbooks, as pages and beside cases. */
@NullMarked
package io.throughline.api.console.runbook;

import org.jspecify.annotations.NullMarked;
