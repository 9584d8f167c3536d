/** How the systems around us are doing, and up to when everything of theirs is known. */
@NullMarked
package io.throughline.api.console.systems;

import org.jspecify.annotations.NullMarked;
