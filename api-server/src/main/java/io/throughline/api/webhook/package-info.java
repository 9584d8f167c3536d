/** Where the outside systems report. */
@NullMarked
package io.throughline.api.webhook;

import org.jspecify.annotations.NullMarked;
