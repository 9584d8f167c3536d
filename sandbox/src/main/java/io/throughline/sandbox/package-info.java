@NullMarked
package io.throughline.sandbox;

import org.jspecify.annotations.NullMarked;
