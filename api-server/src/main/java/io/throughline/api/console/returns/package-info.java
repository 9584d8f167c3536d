/** The returns: their goods, their money, and what people decide about them. */
@NullMarked
package io.throughline.api.console.returns;

import org.jspecify.annotations.NullMarked;
