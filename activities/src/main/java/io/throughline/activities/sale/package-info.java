@NullMarked
package io.throughline.activities.sale;

import org.jspecify.annotations.NullMarked;
