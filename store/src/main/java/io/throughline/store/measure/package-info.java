/** What waits, and the figures of a period, read from the facts. */
@NullMarked
package io.throughline.store.measure;

import org.jspecify.annotations.NullMarked;
