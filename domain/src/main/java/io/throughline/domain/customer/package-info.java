@NullMarked
package io.throughline.domain.customer;

import org.jspecify.annotations.NullMarked;
