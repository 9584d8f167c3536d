/** The facilities: what they have to do, whether they get more, and what somebody has counted there. */
@NullMarked
package io.throughline.api.console.facility;

import org.jspecify.annotations.NullMarked;
