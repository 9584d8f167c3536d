@NullMarked
package io.throughline.wire;

import org.jspecify.annotations.NullMarked;
