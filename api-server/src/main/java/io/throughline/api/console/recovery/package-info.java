/** Recovery by hand, for administrators: the same that is done by the API. */
@NullMarked
package io.throughline.api.console.recovery;

import org.jspecify.annotations.NullMarked;
