/** How orders are routed, and what another policy would have made of them. */
@NullMarked
package io.throughline.api.console.policy;

import org.jspecify.annotations.NullMarked;
