@NullMarked
package io.throughline.domain.rebuild;

import org.jspecify.annotations.NullMarked;
