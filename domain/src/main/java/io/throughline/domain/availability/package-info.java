@NullMarked
package io.throughline.domain.availability;

import org.jspecify.annotations.NullMarked;
