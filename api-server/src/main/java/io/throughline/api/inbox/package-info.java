/** Dead letters of the inbox. */
@NullMarked
package io.throughline.api.inbox;

import org.jspecify.annotations.NullMarked;
