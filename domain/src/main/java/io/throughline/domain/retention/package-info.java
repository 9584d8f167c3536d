/** What is kept for a while only. */
@NullMarked
package io.throughline.domain.retention;

import org.jspecify.annotations.NullMarked;
