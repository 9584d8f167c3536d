@NullMarked
package io.throughline.domain.returns;

import org.jspecify.annotations.NullMarked;
