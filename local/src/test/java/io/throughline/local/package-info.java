@NullMarked
package io.throughline.local;

import org.jspecify.annotations.NullMarked;
