/** Shopify's Admin GraphQL API, played against its real schema. */
@NullMarked
package io.throughline.sandbox.shopify;

import org.jspecify.annotations.NullMarked;
