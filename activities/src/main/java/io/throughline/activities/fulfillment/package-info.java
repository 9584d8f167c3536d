@NullMarked
package io.throughline.activities.fulfillment;

import org.jspecify.annotations.NullMarked;
