@NullMarked
package io.throughline.api.trace;

import org.jspecify.annotations.NullMarked;
