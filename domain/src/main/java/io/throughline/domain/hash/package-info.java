/** How texts are told apart by something short. */
@NullMarked
package io.throughline.domain.hash;

import org.jspecify.annotations.NullMarked;
