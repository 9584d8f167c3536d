/** A mail and a text message provider on their own wire formats, which keep what was sent. */
@NullMarked
package io.throughline.sandbox.messaging;

import org.jspecify.annotations.NullMarked;
