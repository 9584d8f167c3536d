@NullMarked
package io.throughline.workflows;

import org.jspecify.annotations.NullMarked;
