@NullMarked
package io.throughline.activities.order;

import org.jspecify.annotations.NullMarked;
