/** What has happened, as trials of routing policies ask for it. */
@NullMarked
package io.throughline.store.routing;

import org.jspecify.annotations.NullMarked;
