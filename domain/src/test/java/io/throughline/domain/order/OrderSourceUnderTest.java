package io.throughline.domain.order;

import io.throughline.domain.account.AccountId;

/** An order source with a hand on its channel. */
public interface OrderSourceUnderTest {
    OrderSource source();

    AccountId account();

    /** Places a paid order of several lines with tax at the channel. */
    OrderKey place();
}
