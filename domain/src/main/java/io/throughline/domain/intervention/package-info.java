@NullMarked
package io.throughline.domain.intervention;

import org.jspecify.annotations.NullMarked;
