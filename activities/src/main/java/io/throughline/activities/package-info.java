@NullMarked
package io.throughline.activities;

import org.jspecify.annotations.NullMarked;
