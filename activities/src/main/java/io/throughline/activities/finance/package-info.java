@NullMarked
package io.throughline.activities.finance;

import org.jspecify.annotations.NullMarked;
