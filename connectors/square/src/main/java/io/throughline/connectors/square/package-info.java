@NullMarked
package io.throughline.connectors.square;

import org.jspecify.annotations.NullMarked;
