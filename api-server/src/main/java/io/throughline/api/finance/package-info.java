/** What accountants read beside the documents of orders. */
@NullMarked
package io.throughline.api.finance;

import org.jspecify.annotations.NullMarked;
