@NullMarked
package io.throughline.store.account;

import org.jspecify.annotations.NullMarked;
