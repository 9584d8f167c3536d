@NullMarked
package io.throughline.domain.routing;

import org.jspecify.annotations.NullMarked;
