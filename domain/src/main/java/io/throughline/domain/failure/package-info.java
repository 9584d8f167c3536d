@NullMarked
package io.throughline.domain.failure;

import org.jspecify.annotations.NullMarked;
