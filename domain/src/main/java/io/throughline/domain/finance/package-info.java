@NullMarked
package io.throughline.domain.finance;

import org.jspecify.annotations.NullMarked;
