/** Delivers events to subscribers for as long as this process runs. */
@NullMarked
package io.throughline.worker.event;

import org.jspecify.annotations.NullMarked;
