@NullMarked
package io.throughline.activities.payment;

import org.jspecify.annotations.NullMarked;
