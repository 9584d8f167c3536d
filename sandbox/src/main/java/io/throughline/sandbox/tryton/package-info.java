@NullMarked
package io.throughline.sandbox.tryton;

import org.jspecify.annotations.NullMarked;
