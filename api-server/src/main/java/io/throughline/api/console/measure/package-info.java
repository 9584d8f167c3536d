/** The figures by which the business is led, with how they went. */
@NullMarked
package io.throughline.api.console.measure;

import org.jspecify.annotations.NullMarked;
