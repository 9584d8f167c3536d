@NullMarked
package io.throughline.domain.time;

import org.jspecify.annotations.NullMarked;
