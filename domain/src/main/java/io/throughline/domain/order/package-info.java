@NullMarked
package io.throughline.domain.order;

import org.jspecify.annotations.NullMarked;
