@NullMarked
package io.throughline.workflows.customer;

import org.jspecify.annotations.NullMarked;
