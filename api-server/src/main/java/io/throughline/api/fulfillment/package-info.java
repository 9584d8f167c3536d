/** What a store's device sees of its work, and reports of it. */
@NullMarked
package io.throughline.api.fulfillment;

import org.jspecify.annotations.NullMarked;
