@NullMarked
package io.throughline.domain.payment;

import org.jspecify.annotations.NullMarked;
