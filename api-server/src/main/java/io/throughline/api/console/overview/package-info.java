/** What needs a person now, how orders flow, how the systems are doing. */
@NullMarked
package io.throughline.api.console.overview;

import org.jspecify.annotations.NullMarked;
