/** What this process shows of the business as a whole in its metrics. */
@NullMarked
package io.throughline.worker.measure;

import org.jspecify.annotations.NullMarked;
