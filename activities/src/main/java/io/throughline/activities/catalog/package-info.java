@NullMarked
package io.throughline.activities.catalog;

import org.jspecify.annotations.NullMarked;
