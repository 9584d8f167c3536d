/** What all stand-ins share: addresses, documents, the ledger of effects, faults and outgoing webhooks. */
@NullMarked
package io.throughline.sandbox.core;

import org.jspecify.annotations.NullMarked;
