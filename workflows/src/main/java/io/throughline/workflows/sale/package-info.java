@NullMarked
package io.throughline.workflows.sale;

import org.jspecify.annotations.NullMarked;
