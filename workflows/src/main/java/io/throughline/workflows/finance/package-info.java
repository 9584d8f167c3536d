@NullMarked
package io.throughline.workflows.finance;

import org.jspecify.annotations.NullMarked;
