package io.throughline.connectors.tryton;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.finance.Erp;
import io.throughline.domain.finance.LedgerAccount.Role;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** The sample company as its set-up makes it. */
final class SampleSettings {
    static final AccountId COMPANY = AccountId.of("tryton-northwind");

    private SampleSettings() {}

    static LedgerMapping mapping() {
        return new LedgerMapping(
                Map.of(
                        Role.RECEIVABLE, any("1100"),
                        Role.REVENUE, any("4000"),
                        Role.SHIPPING_REVENUE, any("4100"),
                        Role.TAX, any("2200"),
                        Role.TIPS_PAYABLE, any("2300"),
                        Role.DUTIES_PAYABLE, any("2310"),
                        Role.GIFT_CARD_LIABILITY, any("2100"),
                        Role.CLEARING,
                                Map.of("shopify_payments", "1200", "cash", "1210", "gift_card", "2100", "*", "1220"),
                        Role.ROUNDING, any("6900")),
                Map.of(
                        "shopify_payments",
                        "shopify_payments",
                        "cash",
                        "cash",
                        "gift_card",
                        "gift_card",
                        "*",
                        "external"),
                Map.of("*", "Channel tax"),
                Set.of("7000", "7010"),
                Map.of());
    }

    private static Map<String, String> any(String code) {
        return Map.of(LedgerMapping.OTHERWISE, code);
    }

    static TrytonSettings at(URI server, String password, String key) {
        return new TrytonSettings(
                COMPANY,
                server,
                "northwind",
                "orchestrator",
                password,
                key,
                "Northwind Trading",
                Duration.ofSeconds(60),
                Erp.LONGEST_CHANGE,
                mapping());
    }
}
