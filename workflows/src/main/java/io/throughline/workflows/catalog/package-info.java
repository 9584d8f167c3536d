@NullMarked
package io.throughline.workflows.catalog;

import org.jspecify.annotations.NullMarked;
