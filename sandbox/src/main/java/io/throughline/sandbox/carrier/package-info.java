/** A carrier that can be asked where a parcel is. */
@NullMarked
package io.throughline.sandbox.carrier;

import org.jspecify.annotations.NullMarked;
