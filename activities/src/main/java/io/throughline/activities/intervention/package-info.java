@NullMarked
package io.throughline.activities.intervention;

import org.jspecify.annotations.NullMarked;
