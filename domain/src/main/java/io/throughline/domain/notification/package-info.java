@NullMarked
package io.throughline.domain.notification;

import org.jspecify.annotations.NullMarked;
