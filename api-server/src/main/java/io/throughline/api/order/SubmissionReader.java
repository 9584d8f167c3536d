package io.throughline.api.order;

import io.throughline.api.catalog.Assortment;
import io.throughline.api.http.Parameters;
import io.throughline.api.order.OrderSubmission.CapturedTender;
import io.throughline.api.order.OrderSubmission.SubmittedChannel;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Basket;
import io.throughline.domain.inventory.BasketId;
import io.throughline.domain.inventory.Baskets;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.ShippingLine;
import io.throughline.domain.order.TaxLine;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.Exchange;
import io.throughline.domain.returns.Refund;
import io.throughline.runtime.retailer.ConfiguredCatalog.Product;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a canonical order of a submission, or tells everything that is wrong with it: INVALID_CONTENT. */
final class SubmissionReader {
    private static final int MOST_LINES = 500;
    private static final int MOST_TENDERS = 20;
    private static final int MOST_TAGS = 50;
    private static final int MOST_UNITS = 10_000;
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(10);
    private static final CurrencyCode PLACEHOLDER = CurrencyCode.of("USD");

    private final AccountId account;
    private final Assortment assortment;
    private final DeliveryReader deliveries;
    private final Facilities facilities;
    private final Baskets baskets;
    private final Clock clock;

    SubmissionReader(AccountId account, Assortment assortment, Facilities facilities, Baskets baskets, Clock clock) {
        this.account = account;
        this.assortment = assortment;
        this.baskets = baskets;
        this.deliveries = new DeliveryReader(account, facilities);
        this.facilities = facilities;
        this.clock = clock;
    }

    SubmittedOrder read(OrderSubmission submission) {
        Findings findings = new Findings();
        CurrencyCode currency = findings.attempt(
                "/currency",
                "an ISO 4217 currency in capitals, such as USD",
                PLACEHOLDER,
                () -> CurrencyCode.of(submission.currency()));
        OrderKey key = findings.attempt(
                "/externalId",
                "1 to 100 of letters, digits and . _ : -",
                new OrderKey(account, "0"),
                () -> new OrderKey(account, submission.externalId()));
        findings.require(
                !Exchange.isReserved(submission.externalId()),
                "/externalId",
                "another name: what begins so is taken in exchange for a return (POST /v1/returns)");
        limits(submission, findings);
        findings.throwIfAny("The order");
        Amounts amounts = new Amounts(currency, findings);
        Order sold = order(submission, key, amounts, findings);
        Order order = soldAt(submission, findings).map(sold::withSoldAt).orElse(sold);
        Optional<BasketId> basket = submission.basketId().flatMap(id -> basket(id, findings));
        if (findings.none()) {
            sums(order, findings);
        }
        findings.throwIfAny("The order");
        return new SubmittedOrder(order, deliveries.person(submission), basket);
    }

    private Optional<FacilityId> soldAt(OrderSubmission submission, Findings findings) {
        Optional<FacilityId> store = submission
                .soldAt()
                .flatMap(name -> Parameters.name(name, FacilityId::new)
                        .flatMap(facilities::find)
                        .filter(facility -> facility.kind() == Facility.Kind.STORE)
                        .map(Facility::id));
        findings.require(submission.soldAt().isEmpty() || store.isPresent(), "/soldAt", "the id of a store");
        findings.require(
                submission.soldAt().isEmpty()
                        || submission.channel().orElse(SubmittedChannel.API) == SubmittedChannel.API,
                "/soldAt",
                "nothing: a marketplace's order is sold in no store");
        return store;
    }

    /** Whether it is still open does not matter: without it, the order reserves for itself. */
    private Optional<BasketId> basket(String id, Findings findings) {
        Optional<BasketId> known = findings.attempt(
                "/basketId",
                "a basket that was submitted before",
                Optional.<BasketId>empty(),
                () -> baskets.find(new BasketId(account, id)).map(Basket::id));
        findings.require(known.isPresent(), "/basketId", "a basket that was submitted before");
        return known;
    }

    private void limits(OrderSubmission submission, Findings findings) {
        findings.require(
                !submission.lines().isEmpty() && submission.lines().size() <= MOST_LINES,
                "/lines",
                "1 to " + MOST_LINES + " lines");
        findings.require(submission.tenders().size() <= MOST_TENDERS, "/tenders", "at most " + MOST_TENDERS);
        findings.require(submission.tags().size() <= MOST_TAGS, "/tags", "at most " + MOST_TAGS);
        findings.require(plausible(submission.placedAt()), "/placedAt", "an instant since 2000, not in the future");
        findings.visible("/name", submission.name(), 100);
        for (int i = 0; i < Math.min(submission.tags().size(), MOST_TAGS); i++) {
            findings.visible("/tags/" + i, submission.tags().get(i), 100);
        }
    }

    private boolean plausible(Instant instant) {
        return !instant.isBefore(EARLIEST) && !instant.isAfter(clock.instant().plus(CLOCK_SKEW));
    }

    private Order order(OrderSubmission submission, OrderKey key, Amounts amounts, Findings findings) {
        List<OrderLine> lines = lines(submission, amounts, findings);
        return new Order(
                key,
                submission.name().orElse(key.externalId()),
                submission.channel().orElse(SubmittedChannel.API) == SubmittedChannel.MARKETPLACE
                        ? Channel.MARKETPLACE
                        : Channel.API,
                submission.placedAt(),
                submission.placedAt(),
                amounts.currency(),
                amounts.currency(),
                submission.taxesIncluded(),
                lines,
                shipping(submission, amounts, findings),
                amounts.notNegative("/tip", submission.tip()),
                amounts.notNegative("/duties", submission.duties()),
                Money.zero(amounts.currency()),
                MoneyBag.of(amounts.notNegative("/total", submission.total())),
                tenders(submission.tenders(), amounts, findings),
                deliveries.read(submission, lines, findings),
                deliveries.destination(submission, findings),
                CustomerRef.of(OrderId.of(key)),
                submission.tags(),
                Optional.empty());
    }

    private List<OrderLine> lines(OrderSubmission submission, Amounts amounts, Findings findings) {
        Map<Sku, Product> products =
                assortment.among(submission.lines().stream().map(OrderSubmission.Line::sku));
        List<OrderLine> lines = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (OrderSubmission.Line line : submission.lines()) {
            String at = "/lines/" + lines.size();
            findings.require(ids.add(line.id()), at + "/id", "each line needs an id of its own");
            lines.add(line(at, line, products, amounts, findings));
        }
        return lines;
    }

    private static OrderLine line(
            String at, OrderSubmission.Line line, Map<Sku, Product> products, Amounts amounts, Findings findings) {
        findings.visible(at + "/id", line.id(), 40);
        findings.require(
                line.quantity() >= 1 && line.quantity() <= MOST_UNITS,
                at + "/quantity",
                "1 to " + MOST_UNITS + " units");
        Sku sku = findings.attempt(
                at + "/sku", "1 to 100 visible characters", Sku.of("unreadable"), () -> Sku.of(line.sku()));
        Optional<Product> product = Optional.ofNullable(products.get(sku));
        findings.require(product.isPresent(), at + "/sku", "not in the catalogue");
        Money unitPrice = amounts.notNegative(at + "/unitPrice", line.unitPrice());
        Money discount = amounts.notNegative(at + "/discount", line.discount());
        Money total = amounts.notNegative(at + "/total", line.total());
        boolean right = findings.attempt(
                at + "/unitPrice",
                "too large",
                true,
                () -> unitPrice.times(line.quantity()).minus(discount).equals(total));
        findings.require(right, at + "/total", "must be quantity × unitPrice − discount");
        boolean giftCard = product.map(Product::giftCard).orElse(false);
        return new OrderLine(
                line.id(),
                sku,
                findings.visible(at + "/title", line.title(), 200)
                        .or(() -> product.map(Product::title))
                        .orElse(""),
                Math.max(0, line.quantity()),
                total,
                discount,
                taxes(at, line.taxes(), amounts, findings),
                !giftCard,
                giftCard);
    }

    private static List<ShippingLine> shipping(OrderSubmission submission, Amounts amounts, Findings findings) {
        return submission.shipping().stream()
                .map(charge -> new ShippingLine(
                        "shipping",
                        findings.visible("/shipping/title", charge.title(), 200),
                        amounts.notNegative("/shipping/total", charge.total()),
                        taxes("/shipping", charge.taxes(), amounts, findings)))
                .toList();
    }

    private static List<TaxLine> taxes(String at, List<OrderSubmission.Tax> taxes, Amounts amounts, Findings findings) {
        List<TaxLine> lines = new ArrayList<>();
        for (OrderSubmission.Tax tax : taxes) {
            String taxAt = at + "/taxes/" + lines.size();
            lines.add(new TaxLine(
                    findings.visible(taxAt + "/title", tax.title(), 100),
                    amounts.rate(taxAt + "/rate", tax.rate()),
                    amounts.notNegative(taxAt + "/amount", tax.amount())));
        }
        return lines;
    }

    private List<Tender> tenders(List<CapturedTender> submitted, Amounts amounts, Findings findings) {
        List<Tender> tenders = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (CapturedTender tender : submitted) {
            String at = "/tenders/" + tenders.size();
            findings.require(ids.add(tender.id()), at + "/id", "each tender needs an id of its own");
            findings.require(
                    plausible(tender.capturedAt()), at + "/capturedAt", "an instant since 2000, not in the future");
            findings.require(
                    !tender.gateway().equals(Exchange.GATEWAY),
                    at + "/gateway",
                    "what has taken the money: a return pays by POST /v1/returns with exchangeFor");
            findings.require(!Refund.OWN_NAMES.contains(tender.id()), at + "/id", "another id: this name is ours");
            tenders.add(new Tender(
                    findings.visible(at + "/id", tender.id(), 100),
                    Tender.Kind.SALE,
                    Tender.Status.SUCCESS,
                    findings.visible(at + "/gateway", tender.gateway(), 50),
                    MoneyBag.of(amounts.positive(at + "/amount", tender.amount())),
                    Optional.empty(),
                    false,
                    tender.capturedAt()));
        }
        return tenders;
    }

    private static void sums(Order order, Findings findings) {
        Optional<Money> parts =
                findings.attempt("/total", "too large", Optional.<Money>empty(), () -> Optional.of(order.sumOfParts()));
        parts.filter(sum -> !sum.equals(order.total().shop()))
                .ifPresent(sum -> findings.add("/total", "lines, shipping, tip, duties and taxes come to " + sum));
        Optional<Money> paid =
                findings.attempt("/tenders", "too large", Optional.<Money>empty(), () -> Optional.of(order.paid()));
        paid.filter(sum -> !sum.equals(order.total().shop()))
                .ifPresent(sum -> findings.add("/tenders", "come to " + sum + ", which is not the total"));
    }
}
