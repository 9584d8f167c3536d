/** Effects, as people look after them. */
@NullMarked
package io.throughline.api.effect;

import org.jspecify.annotations.NullMarked;
