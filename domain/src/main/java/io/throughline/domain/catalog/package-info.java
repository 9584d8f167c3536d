@NullMarked
package io.throughline.domain.catalog;

import org.jspecify.annotations.NullMarked;
