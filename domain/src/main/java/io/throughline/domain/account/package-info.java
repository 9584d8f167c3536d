@NullMarked
package io.throughline.domain.account;

import org.jspecify.annotations.NullMarked;
