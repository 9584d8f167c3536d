package io.throughline.worker.inbox;

import io.throughline.domain.account.AccountId;

/** Whom the inbox tells that there is news of an account's stock. */
interface StockNews {
    void heardOf(AccountId account);
}
