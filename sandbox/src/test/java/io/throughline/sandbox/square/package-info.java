@NullMarked
package io.throughline.sandbox.square;

import org.jspecify.annotations.NullMarked;
