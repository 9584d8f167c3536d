@NullMarked
package io.throughline.workflows.fulfillment;

import org.jspecify.annotations.NullMarked;
