@NullMarked
package io.throughline.activities.call;

import org.jspecify.annotations.NullMarked;
