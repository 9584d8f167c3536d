@NullMarked
package io.throughline.runtime;

import org.jspecify.annotations.NullMarked;
