/** What is told to subscribers: public entries of the trace, and who gets them. */
@NullMarked
package io.throughline.domain.event;

import org.jspecify.annotations.NullMarked;
