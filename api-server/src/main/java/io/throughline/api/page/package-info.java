/** The landing page for people. */
@NullMarked
package io.throughline.api.page;

import org.jspecify.annotations.NullMarked;
