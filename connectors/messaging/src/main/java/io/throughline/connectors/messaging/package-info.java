/** Mail and text messages to customers, by a mail provider and a text message provider. */
@NullMarked
package io.throughline.connectors.messaging;

import org.jspecify.annotations.NullMarked;
