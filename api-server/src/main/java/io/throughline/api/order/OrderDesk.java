package io.throughline.api.order;

import io.throughline.api.catalog.Assortment;
import io.throughline.domain.account.Account;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.inventory.Baskets;
import io.throughline.domain.marketplace.MarketplaceDeadlines;
import io.throughline.domain.marketplace.MarketplaceTerms;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderLine;
import io.throughline.runtime.retailer.Retailer;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Takes in the orders of one account that clients hand over: those of a marketplace, by the terms that were agreed with it, or those of all other
 * clients.
 */
final class OrderDesk {
    private final Account account;
    private final SubmissionReader reader;
    private final Optional<MarketplaceTerms> terms;
    private final Clock clock;

    private OrderDesk(Account account, SubmissionReader reader, Optional<MarketplaceTerms> terms, Clock clock) {
        this.account = account;
        this.reader = reader;
        this.terms = terms;
        this.clock = clock;
    }

    /** The desks: one for each client that is a marketplace, and one for everybody else. */
    record Desks(Map<String, OrderDesk> marketplaces, OrderDesk others) {
        Desks {
            marketplaces = Map.copyOf(marketplaces);
        }

        OrderDesk of(String client) {
            return marketplaces.getOrDefault(client, others);
        }
    }

    static Desks of(Retailer retailer, Assortment assortment, Baskets baskets, Clock clock) {
        Map<String, OrderDesk> marketplaces = new HashMap<>();
        retailer.settings(OutsideSystem.MARKETPLACE).forEach(settings -> {
            MarketplaceTerms terms = retailer.marketplaceTerms(settings.account());
            Account account = retailer.accounts().get(settings.account());
            marketplaces.put(terms.client(), of(retailer, account, assortment, baskets, Optional.of(terms), clock));
        });
        Account rest = retailer.accounts().get(retailer.restAccount());
        return new Desks(marketplaces, of(retailer, rest, assortment, baskets, Optional.empty(), clock));
    }

    private static OrderDesk of(
            Retailer retailer,
            Account account,
            Assortment assortment,
            Baskets baskets,
            Optional<MarketplaceTerms> terms,
            Clock clock) {
        return new OrderDesk(
                account,
                new SubmissionReader(account.id(), assortment, retailer.facilities(), baskets, clock),
                terms,
                clock);
    }

    Account account() {
        return account;
    }

    /** The order, or everything that is wrong with it: INVALID_CONTENT. */
    SubmittedOrder read(OrderSubmission submission) {
        SubmittedOrder submitted = reader.read(submission);
        return terms.map(agreed -> asAgreed(submission, submitted, agreed)).orElse(submitted);
    }

    /** What a marketplace wants of its order. */
    Optional<MarketplaceDeadlines> deadlines(Order order) {
        return terms.map(agreed -> agreed.deadlines(order.placedAt()));
    }

    private SubmittedOrder asAgreed(OrderSubmission submission, SubmittedOrder submitted, MarketplaceTerms agreed) {
        Order order = submitted.order();
        Findings findings = new Findings();
        findings.require(
                submission.channel().orElse(OrderSubmission.SubmittedChannel.MARKETPLACE)
                        == OrderSubmission.SubmittedChannel.MARKETPLACE,
                "/channel",
                "MARKETPLACE, or left out: this key is that of the marketplace '" + account.id() + "'");
        findings.require(
                order.currency().equals(agreed.currency()),
                "/currency",
                agreed.currency() + ", in which '" + account.id() + "' pays");
        findings.require(
                submission.delivery().method() == DeliveryMethod.SHIPPING,
                "/delivery/method",
                "SHIPPING: nothing that a marketplace sells is collected");
        findings.require(order.soldAt().isEmpty(), "/soldAt", "nothing: a marketplace's order is sold in no store");
        findings.require(
                order.lines().stream().noneMatch(OrderLine::giftCard), "/lines", "a marketplace sells no gift cards");
        for (int i = 0; i < order.tenders().size(); i++) {
            findings.require(
                    order.tenders().get(i).gateway().equals(account.id().value()),
                    "/tenders/" + i + "/gateway",
                    account.id() + ", which owes us what it was paid");
        }
        Instant shipBy = agreed.deadlines(order.placedAt()).shipBy();
        findings.require(
                shipBy.isAfter(clock.instant()),
                "/placedAt",
                "it had to be shipped by " + shipBy + ": call it off at the marketplace, or place it anew");
        findings.throwIfAny("The order");
        return new SubmittedOrder(order.from(Channel.MARKETPLACE), submitted.person(), submitted.basket());
    }
}
