@NullMarked
package io.throughline.api.transfer;

import org.jspecify.annotations.NullMarked;
