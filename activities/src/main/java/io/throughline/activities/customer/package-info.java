@NullMarked
package io.throughline.activities.customer;

import org.jspecify.annotations.NullMarked;
