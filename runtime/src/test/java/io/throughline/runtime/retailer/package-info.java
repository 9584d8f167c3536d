@NullMarked
package io.throughline.runtime.retailer;

import org.jspecify.annotations.NullMarked;
