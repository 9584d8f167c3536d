/** Routing policies, as people who change them see them. */
@NullMarked
package io.throughline.api.routing;

import org.jspecify.annotations.NullMarked;
