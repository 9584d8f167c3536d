/** How outside systems are doing, and how people have them asked. */
@NullMarked
package io.throughline.api.account;

import org.jspecify.annotations.NullMarked;
