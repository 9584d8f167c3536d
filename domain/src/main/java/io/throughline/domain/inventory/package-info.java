@NullMarked
package io.throughline.domain.inventory;

import org.jspecify.annotations.NullMarked;
