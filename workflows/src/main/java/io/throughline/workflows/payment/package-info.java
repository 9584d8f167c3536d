@NullMarked
package io.throughline.workflows.payment;

import org.jspecify.annotations.NullMarked;
