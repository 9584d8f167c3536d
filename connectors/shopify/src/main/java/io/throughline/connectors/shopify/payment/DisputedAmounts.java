package io.throughline.connectors.shopify.payment;

import io.throughline.connectors.shopify.client.AdminApi;
import io.throughline.connectors.shopify.client.Gid;
import io.throughline.connectors.shopify.client.Operation;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.payment.Dispute;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** How much is disputed, which an order's own summary does not tell. An app without the scope for that hears nothing of it, and of the rest all. */
public final class DisputedAmounts {
    private DisputedAmounts() {}

    public static Dispute of(AdminApi shop, Dispute dispute) {
        try {
            return dispute.about(shop.call(
                            Operation.DISPUTE_READ,
                            Map.of("id", Gid.of("ShopifyPaymentsDispute", dispute.id())),
                            Found.class)
                    .dispute()
                    .map(found -> found.amount().toMoney()));
        } catch (SystemFailure failure) {
            if (failure.code() != FailureCode.CREDENTIAL_REFUSED) {
                throw failure;
            }
            return dispute;
        }
    }

    private record Found(Optional<Disputed> dispute) {}

    private record Disputed(String id, Amount amount) {}

    private record Amount(String amount, String currencyCode) {
        Money toMoney() {
            return Money.rounded(new BigDecimal(amount), CurrencyCode.of(currencyCode));
        }
    }
}
