package io.throughline.worker;

import io.throughline.activities.marketplace.Marketplaces;
import io.throughline.domain.account.Account;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.marketplace.MarketplaceOrders;
import io.throughline.domain.marketplace.MarketplaceOrders.Pressing;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Opens a case, once each, when four fifths of the time have passed in which a marketplace wants to hear of an order, and when all of it has: the later one
 * takes the place of the earlier. What settles the deadline closes it. Where only is looked on, others keep the deadlines. Every worker
 * does so; what one has noted, no other says again.
 */
final class MarketplaceWatch extends RepeatedWork {
    private static final int MOST_AT_ONCE = 100;

    private final Accounts accounts;
    private final MarketplaceOrders orders;
    private final Cases cases;
    private final Clock clock;

    MarketplaceWatch(Accounts accounts, MarketplaceOrders orders, Cases cases, Clock clock, Duration every) {
        super("marketplace-watch", every);
        this.accounts = accounts;
        this.orders = orders;
        this.cases = cases;
        this.clock = clock;
    }

    @Override
    void work() {
        attempt("the deadlines of marketplaces can't be looked at", () -> {
            List<AccountId> watched = accounts.all().stream()
                    .filter(account -> account.system() == OutsideSystem.MARKETPLACE && account.isLive())
                    .map(Account::id)
                    .toList();
            if (!watched.isEmpty()) {
                orders.pressing(watched, MOST_AT_ONCE).forEach(this::say);
            }
        });
    }

    private void say(Pressing pressing) {
        String subject = pressing.order().value();
        String step = Marketplaces.caseStep(pressing.kind());
        boolean missed = pressing.urgency() == MarketplaceOrders.Urgency.MISSED;
        if (missed) {
            cases.current(subject, step)
                    .filter(earlier -> earlier.code() == FailureCode.DEADLINE_AT_RISK)
                    .ifPresent(earlier -> cases.close(earlier.id(), "it was missed"));
        }
        Case opened = cases.open(
                pressing.account(),
                subject,
                step,
                missed ? FailureCode.DEADLINE_MISSED : FailureCode.DEADLINE_AT_RISK,
                words(pressing, missed));
        orders.noted(pressing);
        // It may have been settled while the case was being opened, when nothing was there to close.
        orders.find(pressing.order())
                .filter(order -> order.isSettled(pressing.kind()))
                .ifPresent(settled -> cases.close(opened.id(), "it was settled meanwhile"));
    }

    private String words(Pressing pressing, boolean missed) {
        String wanted = switch (pressing.kind()) {
            case ACKNOWLEDGE -> pressing.account() + " wants to know whether it is taken on by " + pressing.by();
            case SHIP -> pressing.account() + " wants all of it shipped by " + pressing.by();
        };
        return wanted
                + (missed
                        ? ", which has passed"
                        : ", in "
                                + Duration.between(clock.instant(), pressing.by())
                                        .toMinutes() + " minutes");
    }
}
