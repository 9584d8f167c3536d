/** Cases and the decisions about them. */
@NullMarked
package io.throughline.api.intervention;

import org.jspecify.annotations.NullMarked;
