/** Square as the stores' point of sale: orders, payments, inventory, catalog and events on its own wire format, with staff who work by script. */
@NullMarked
package io.throughline.sandbox.square;

import org.jspecify.annotations.NullMarked;
