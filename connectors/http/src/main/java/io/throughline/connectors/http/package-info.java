/** Calls over HTTP to systems that keep to its usual ways: what an answer means to us, and what none. */
@NullMarked
package io.throughline.connectors.http;

import org.jspecify.annotations.NullMarked;
