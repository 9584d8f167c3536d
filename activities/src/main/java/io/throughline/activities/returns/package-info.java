@NullMarked
package io.throughline.activities.returns;

import org.jspecify.annotations.NullMarked;
