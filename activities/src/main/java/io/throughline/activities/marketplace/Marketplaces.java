package io.throughline.activities.marketplace;

import io.throughline.activities.call.Steps;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.marketplace.Marketplace;
import io.throughline.domain.marketplace.MarketplaceDeadlines;
import io.throughline.domain.marketplace.MarketplaceOrders;
import io.throughline.domain.marketplace.MarketplaceTerms;
import io.throughline.domain.order.OrderId;
import java.util.Locale;
import java.util.function.Function;

/** The marketplaces among the channels: how they are told, what was agreed with each, and the facts about their orders. */
public record Marketplaces(
        Accounts accounts, Marketplace port, MarketplaceOrders orders, Function<AccountId, MarketplaceTerms> terms) {
    private static final String WHOLE_ORDER = "order";

    public boolean has(AccountId account) {
        return accounts.get(account).system() == OutsideSystem.MARKETPLACE;
    }

    /** At which the case stands that an order is, or may be, late. */
    public static Steps.Step lateness(OrderId order, AccountId account, MarketplaceDeadlines.Kind kind) {
        return new Steps.Step(order, account, "marketplace." + kind.name().toLowerCase(Locale.ROOT), WHOLE_ORDER);
    }

    /** The name of that step at its case. */
    public static String caseStep(MarketplaceDeadlines.Kind kind) {
        return "marketplace." + kind.name().toLowerCase(Locale.ROOT) + " " + WHOLE_ORDER;
    }
}
