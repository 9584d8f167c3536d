@NullMarked
package io.throughline.domain.sale;

import org.jspecify.annotations.NullMarked;
