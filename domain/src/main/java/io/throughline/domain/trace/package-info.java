@NullMarked
package io.throughline.domain.trace;

import org.jspecify.annotations.NullMarked;
