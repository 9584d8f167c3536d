@NullMarked
package io.throughline.workflows.call;

import org.jspecify.annotations.NullMarked;
