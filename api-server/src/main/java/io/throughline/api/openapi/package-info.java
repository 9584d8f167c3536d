/** The OpenAPI document. */
@NullMarked
package io.throughline.api.openapi;

import org.jspecify.annotations.NullMarked;
