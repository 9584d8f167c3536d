/** Who may call: API keys, roles, and the rule that nothing is open unless it says so. */
@NullMarked
package io.throughline.api.access;

import org.jspecify.annotations.NullMarked;
