/** How well the business runs, for whoever leads it. */
@NullMarked
package io.throughline.api.measure;

import org.jspecify.annotations.NullMarked;
