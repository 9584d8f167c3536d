@NullMarked
package io.throughline.domain.inbox;

import org.jspecify.annotations.NullMarked;
