/** Goods between facilities: asked for, sent, received, cancelled. */
@NullMarked
package io.throughline.api.console.transfer;

import org.jspecify.annotations.NullMarked;
