@NullMarked
package io.throughline.workflows.intervention;

import org.jspecify.annotations.NullMarked;
