/** Square as the point of sale of the stores: work for their staff, sales at their tills, and what Square tells of both. */
@NullMarked
package io.throughline.connectors.square;

import org.jspecify.annotations.NullMarked;
