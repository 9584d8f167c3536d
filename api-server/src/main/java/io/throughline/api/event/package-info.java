/** Subscriptions to events, and what the events look like. */
@NullMarked
package io.throughline.api.event;

import org.jspecify.annotations.NullMarked;
