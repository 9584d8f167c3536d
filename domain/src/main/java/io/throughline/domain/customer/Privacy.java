package io.throughline.domain.customer;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.order.OrderKey;
import java.util.List;
import java.util.Optional;

/**
 * What the law lets people ask: to have what is kept of them, and to have it forgotten. Each leaves a proof in the trace, which names
 * numbers and hashes and nobody.
 */
public interface Privacy {
    /**
     * Puts together what is kept of a customer and of these orders of theirs, with a case by whose time somebody must have taken it; the same request
     * again is the same export.
     */
    void export(String request, CustomerKey customer, List<OrderKey> orders);

    /** What was put together, as JSON; empty where there is no such request, or where it was erased since. */
    Optional<String> exported(AccountId account, String request);

    /** Forgets a customer and these orders' persons, also what will still be told of them. */
    void erase(CustomerKey customer, List<OrderKey> orders);

    /** Forgets everybody of a channel. */
    void eraseAll(AccountId account);

    /** Notes who has taken an export, which closes its case. */
    void seen(AccountId account, String request, String actor);
}
