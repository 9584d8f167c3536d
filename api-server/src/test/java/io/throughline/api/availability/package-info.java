@NullMarked
package io.throughline.api.availability;

import org.jspecify.annotations.NullMarked;
