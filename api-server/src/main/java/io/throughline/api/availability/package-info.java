/** How many can be sold, where, right now. */
@NullMarked
package io.throughline.api.availability;

import org.jspecify.annotations.NullMarked;
