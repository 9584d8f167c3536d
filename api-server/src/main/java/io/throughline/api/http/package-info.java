/** What holds for every request and answer: limits, strict JSON, headers, measurements. */
@NullMarked
package io.throughline.api.http;

import org.jspecify.annotations.NullMarked;
