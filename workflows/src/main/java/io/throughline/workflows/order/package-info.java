@NullMarked
package io.throughline.workflows.order;

import org.jspecify.annotations.NullMarked;
