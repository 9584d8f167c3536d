@NullMarked
package io.throughline.connectors.messaging;

import org.jspecify.annotations.NullMarked;
