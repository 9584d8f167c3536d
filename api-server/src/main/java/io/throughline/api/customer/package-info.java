/** Customers, and what the law lets them ask. */
@NullMarked
package io.throughline.api.customer;

import org.jspecify.annotations.NullMarked;
