@NullMarked
package io.throughline.e2e;

import org.jspecify.annotations.NullMarked;
