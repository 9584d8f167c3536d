@NullMarked
package io.throughline.worker.inbox;

import org.jspecify.annotations.NullMarked;
