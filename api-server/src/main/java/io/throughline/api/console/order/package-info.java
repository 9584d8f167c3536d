/** Orders: the newest, one with its line as a picture, and the search by any id. */
@NullMarked
package io.throughline.api.console.order;

import org.jspecify.annotations.NullMarked;
