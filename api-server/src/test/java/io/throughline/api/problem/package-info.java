@NullMarked
package io.throughline.api.problem;

import org.jspecify.annotations.NullMarked;
