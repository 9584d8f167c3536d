/** Orders: submission, status, trace, journals, cancellation. */
@NullMarked
package io.throughline.api.order;

import org.jspecify.annotations.NullMarked;
