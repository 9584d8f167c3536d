@NullMarked
package io.throughline.domain.fulfillment;

import org.jspecify.annotations.NullMarked;
