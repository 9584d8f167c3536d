package io.throughline.connectors.shopify.client;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.reconciliation.EventFeed.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a shop lists only for an app that has a scope for it: without that it is unheard, and no order and no other event waits for it. */
public final class ScopedList {
    private ScopedList() {}

    /** {@code name}: what is listed. */
    public static Page page(AdminApi shop, String name, String scope, Supplier<Page> listed) {
        try {
            return listed.get();
        } catch (SystemFailure failure) {
            if (failure.code() != FailureCode.CREDENTIAL_REFUSED) {
                throw failure;
            }
            SystemFailure unheard = SystemFailure.withoutEffect(
                    FailureCode.SUBSCRIPTION_MISSING,
                    shop.shopDomain() + " does not list its " + name + " (scope " + scope + "): "
                            + failure.getMessage(),
                    failure);
            return new Page(List.of(), Optional.empty(), Optional.of(unheard));
        }
    }
}
