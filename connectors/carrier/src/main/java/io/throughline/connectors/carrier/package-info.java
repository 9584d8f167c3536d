/** A carrier: labels by its API, and what becomes of parcels by its webhooks. */
@NullMarked
package io.throughline.connectors.carrier;

import org.jspecify.annotations.NullMarked;
