@NullMarked
package io.throughline.domain.access;

import org.jspecify.annotations.NullMarked;
