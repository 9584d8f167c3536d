@NullMarked
package io.throughline.api.rebuild;

import org.jspecify.annotations.NullMarked;
