@NullMarked
package io.throughline.domain.transfer;

import org.jspecify.annotations.NullMarked;
