@NullMarked
package io.throughline.workflows.inventory;

import org.jspecify.annotations.NullMarked;
