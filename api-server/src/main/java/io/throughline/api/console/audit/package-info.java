/** Who did what. */
@NullMarked
package io.throughline.api.console.audit;

import org.jspecify.annotations.NullMarked;
