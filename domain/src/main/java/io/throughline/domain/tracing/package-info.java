/** Traces in the sense of OpenTelemetry and W3C: which work belongs to which request, in which process, and how long it took. */
@NullMarked
package io.throughline.domain.tracing;

import org.jspecify.annotations.NullMarked;
