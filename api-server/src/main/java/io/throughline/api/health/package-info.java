/** Whether this process lives and can take requests. */
@NullMarked
package io.throughline.api.health;

import org.jspecify.annotations.NullMarked;
