/** What every process needs to run: its connections to Temporal and to PostgreSQL, and its metrics. */
@NullMarked
package io.throughline.runtime;

import org.jspecify.annotations.NullMarked;
