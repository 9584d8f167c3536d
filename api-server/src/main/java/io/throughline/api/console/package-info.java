/** The console: pages for operators, support and finance. Here is what all pages share; each page has a package of its own. */
@NullMarked
package io.throughline.api.console;

import org.jspecify.annotations.NullMarked;
