package io.throughline.connectors.square;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.Trouble;

/** What contracts ask of stores' tills whichever port they are about. */
abstract class TillsUnderTest {
    final TestingStores testing;

    TillsUnderTest(TestingStores testing) {
        this.testing = testing;
    }

    public final AccountId account() {
        return TestingStores.POS;
    }

    public final void meetsNext(Trouble trouble) {
        testing.fault("*", trouble);
    }

    public final void noMoreTrouble() {
        testing.noMoreFaults();
    }
}
