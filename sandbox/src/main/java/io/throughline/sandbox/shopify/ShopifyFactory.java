package io.throughline.sandbox.shopify;

import io.throughline.sandbox.core.SandboxContext;
import io.throughline.sandbox.core.StandIn;
import io.throughline.sandbox.core.StandInFactory;

/** Registers the Shopify stand-in. */
public final class ShopifyFactory implements StandInFactory {

    @Override
    public StandIn create(SandboxContext context) {
        return new ShopifyStandIn(context);
    }
}
