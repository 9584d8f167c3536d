@NullMarked
package io.throughline.connectors.tryton;

import org.jspecify.annotations.NullMarked;
