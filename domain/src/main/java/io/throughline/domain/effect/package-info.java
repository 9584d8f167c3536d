@NullMarked
package io.throughline.domain.effect;

import org.jspecify.annotations.NullMarked;
