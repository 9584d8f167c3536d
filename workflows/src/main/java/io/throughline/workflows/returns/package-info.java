@NullMarked
package io.throughline.workflows.returns;

import org.jspecify.annotations.NullMarked;
