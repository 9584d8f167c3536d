/** What the stand-ins of outside systems have seen, and how soon: for the proofs and the measurements of the whole. */
@NullMarked
package io.throughline.local.watch;

import org.jspecify.annotations.NullMarked;
