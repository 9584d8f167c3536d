@NullMarked
package io.throughline.sandbox.messaging;

import org.jspecify.annotations.NullMarked;
