/** What the steps about orders of marketplaces have in common. */
@NullMarked
package io.throughline.activities.marketplace;

import org.jspecify.annotations.NullMarked;
