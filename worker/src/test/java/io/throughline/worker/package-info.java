@NullMarked
package io.throughline.worker;

import org.jspecify.annotations.NullMarked;
