@NullMarked
package io.throughline.domain;

import org.jspecify.annotations.NullMarked;
