package io.throughline.sandbox.shopify;

import io.throughline.sandbox.core.Sandbox;
import io.throughline.sandbox.core.SandboxConfig;

/** A shop's store without a server's wire round it. */
final class TestingStore implements AutoCloseable {

    private final Sandbox sandbox = Sandbox.start(SandboxConfig.inMemory());
    private final ShopStore store = new ShopStore(
            sandbox.context(), sandbox.context().retailer().shops().getFirst());

    ShopStore store() {
        return store;
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
