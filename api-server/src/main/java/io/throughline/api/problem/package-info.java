/** Every error as a problem document (RFC 9457). */
@NullMarked
package io.throughline.api.problem;

import org.jspecify.annotations.NullMarked;
