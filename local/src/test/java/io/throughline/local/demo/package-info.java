@NullMarked
package io.throughline.local.demo;

import org.jspecify.annotations.NullMarked;
