@NullMarked
package io.throughline.domain.policy;

import org.jspecify.annotations.NullMarked;
