/** What tills have sold, and the days of the stores. */
@NullMarked
package io.throughline.api.sale;

import org.jspecify.annotations.NullMarked;
