@NullMarked
package io.throughline.domain.money;

import org.jspecify.annotations.NullMarked;
