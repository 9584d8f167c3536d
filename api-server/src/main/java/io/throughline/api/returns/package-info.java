@NullMarked
package io.throughline.api.returns;

import org.jspecify.annotations.NullMarked;
