@NullMarked
package io.throughline.activities.inventory;

import org.jspecify.annotations.NullMarked;
