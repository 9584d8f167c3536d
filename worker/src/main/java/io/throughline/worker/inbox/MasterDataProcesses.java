package io.throughline.worker.inbox;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.CustomerKey;

/** What the inbox asks of the processes that keep products and customers. */
interface MasterDataProcesses {
    /** Starts the account's process where there is none, unless the account is off. */
    void syncCatalog(AccountId account);

    /** Tells the account's process, if there is one, that its export may be ready. */
    void exportFinished(AccountId account);

    /** Starts the process that reads the account's changed products, or tells the one that runs that there are more, unless the account is off. */
    void readProducts(AccountId account);

    /** Starts the customer's process, or makes the one that runs read again. */
    void refresh(CustomerKey customer);
}
