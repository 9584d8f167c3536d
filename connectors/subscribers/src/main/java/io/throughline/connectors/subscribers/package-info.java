/** Events to whoever subscribes: CloudEvents over signed HTTP, to addresses of the public internet only. */
@NullMarked
package io.throughline.connectors.subscribers;

import org.jspecify.annotations.NullMarked;
