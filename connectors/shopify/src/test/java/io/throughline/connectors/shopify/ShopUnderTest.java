package io.throughline.connectors.shopify;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.Trouble;

/** What contracts ask of a shop whichever port they are about. */
abstract class ShopUnderTest {
    final TestingSandbox sandbox;

    ShopUnderTest(TestingSandbox sandbox) {
        this.sandbox = sandbox;
    }

    public final AccountId account() {
        return SampleShops.NORTHWIND;
    }

    public final void meetsNext(Trouble trouble) {
        sandbox.fault("*", trouble);
    }

    public final void noMoreTrouble() {
        sandbox.noMoreFaults();
    }
}
