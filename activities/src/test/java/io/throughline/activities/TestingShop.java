package io.throughline.activities;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.ChannelItem;
import io.throughline.domain.fulfillment.FulfillmentMirror;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderCancellation;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.OrderSource;
import io.throughline.domain.order.TaxLine;
import io.throughline.domain.order.Tender;
import io.throughline.domain.payment.Dispute;
import io.throughline.domain.payment.PaymentGateway;
import io.throughline.domain.returns.PutBack;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.RefundGateway;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A channel with its orders. Capturing an order's authorisation, cancelling it or giving money back makes a newer version of it. */
public final class TestingShop
        implements OrderSource, FulfillmentMirror, PaymentGateway, OrderCancellation, RefundGateway {
    private final TestingVendor vendor;
    private final Map<OrderKey, Order> orders = new ConcurrentHashMap<>();
    private final Set<OrderKey> garbled = ConcurrentHashMap.newKeySet();
    private volatile Optional<Instant> pendingSince = Optional.empty();
    private volatile Optional<Money> suggestion = Optional.empty();
    private volatile List<PutBack> shelves = List.of();
    private volatile boolean repaidAtOnce = true;
    private volatile boolean holding;
    private volatile List<Dispute> disputes = List.of();
    private volatile Map<String, String> heldWork = Map.of();
    private volatile PersonalData person = PersonalData.none();
    private volatile List<ChannelItem> items = List.of();

    public TestingShop(TestingVendor vendor) {
        this.vendor = vendor;
    }

    public void put(Order order) {
        orders.put(order.key(), order);
    }

    /** Nobody shall begin with the work of its orders yet. */
    public void holdsBack() {
        holding = true;
    }

    public void letsGo() {
        holding = false;
    }

    /** The payment of its orders is disputed, or was. */
    public void disputes(Dispute.Status status) {
        disputes = List.of(new Dispute("D1", Dispute.Kind.CHARGEBACK, status));
    }

    /** Only so much of it. */
    public void disputes(Dispute.Status status, Money amount) {
        disputes = List.of(new Dispute("D1", Dispute.Kind.CHARGEBACK, status, Optional.of(amount)));
    }

    /** Its staff has put this work item on hold, with the reason beside it; nothing: has released it. */
    public void putsOnHold(Map<String, String> items) {
        heldWork = items;
    }

    /** Whom its orders are for, and where they go, from the next version of them on. */
    public void isFor(PersonalData other) {
        person = other;
        orders.replaceAll((key, order) -> order.withVersion(order.version().plusSeconds(60)));
    }

    /** Where its work items lie. */
    public void laysOut(ChannelItem... open) {
        items = List.of(open);
    }

    /** Nobody can make anything of this order. */
    public void garbles(OrderKey key) {
        garbled.add(key);
    }

    /** What is captured is on its way from {@code since} on. */
    public void capturesLater(Instant since) {
        pendingSince = Optional.of(since);
    }

    /** What was on its way to the order has come. */
    public void confirms(OrderKey key) {
        orders.computeIfPresent(
                key,
                (same, order) -> changed(
                        order,
                        order.version().plusSeconds(60),
                        order.cancelledAt(),
                        order.tenders().stream()
                                .map(tender -> tender.isPendingPayment() ? confirmed(tender) : tender)
                                .toList()));
    }

    private static Tender confirmed(Tender tender) {
        return as(tender, Tender.Status.SUCCESS);
    }

    private static Tender as(Tender tender, Tender.Status status) {
        return new Tender(
                tender.id(),
                tender.kind(),
                status,
                tender.gateway(),
                tender.amount(),
                tender.parent(),
                tender.multiCapturable(),
                tender.at(),
                tender.expiresAt());
    }

    @Override
    public Optional<ChannelOrder> read(OrderKey key) {
        vendor.reachable("read");
        if (garbled.contains(key)) {
            throw SystemFailure.withoutEffect(FailureCode.ORDER_UNREADABLE, "order " + key + ": half a tee", null);
        }
        return Optional.ofNullable(orders.get(key))
                .map(order -> new ChannelOrder(order, person, disputes, heldWork, items));
    }

    @Override
    public Page changedSince(AccountId account, Instant since, Optional<String> cursor) {
        return new Page(
                orders.values().stream()
                        .filter(order -> order.key().account().equals(account)
                                && !order.version().isBefore(since))
                        .map(order -> new Changed(order.key(), order.version()))
                        .toList(),
                Optional.empty());
    }

    @Override
    public Optional<Receipt> findAssignment(Assignment assignment) {
        return vendor.find("assign", assignment.id().value());
    }

    @Override
    public Reply assign(Assignment assignment, String vendorKey) {
        if (holding) {
            throw SystemFailure.withoutEffect(FailureCode.CHANNEL_REFUSED, "it is held back", null);
        }
        return vendor.change("assign", assignment.id().value(), vendorKey);
    }

    @Override
    public boolean isHeld(Assignment assignment) {
        return holding;
    }

    @Override
    public Optional<Receipt> findReady(String channelWork, OrderKey order) {
        return vendor.find("ready", channelWork);
    }

    @Override
    public Reply readyForPickup(String channelWork, OrderKey order, String vendorKey) {
        return vendor.change("ready", channelWork, vendorKey);
    }

    @Override
    public Optional<Receipt> findHandover(Handover handover) {
        return vendor.find("handover", handover.id().value());
    }

    @Override
    public Reply handOver(Handover handover, String vendorKey) {
        return vendor.change("handover", handover.id().value(), vendorKey);
    }

    @Override
    public Optional<Receipt> findCapture(Capture capture) {
        return vendor.find("capture", part(capture));
    }

    private static String part(Capture capture) {
        return capture.authorisation()
                + (capture.before().isEmpty()
                        ? ""
                        : " part " + (capture.before().size() + 1));
    }

    @Override
    public Reply capture(Capture capture, String vendorKey) {
        try {
            return vendor.change("capture", part(capture), vendorKey);
        } finally {
            if (vendor.effects().contains("capture " + part(capture))) {
                orders.computeIfPresent(capture.order(), (key, order) -> captured(order, capture));
            }
        }
    }

    @Override
    public Optional<Receipt> findCancellation(OrderKey key) {
        return vendor.find("cancel", key.externalId());
    }

    @Override
    public Reply cancel(OrderKey key, String reason, boolean refund, String vendorKey) {
        try {
            return vendor.change("cancel", key.externalId(), vendorKey);
        } finally {
            if (vendor.effects().contains("cancel " + key.externalId())) {
                orders.computeIfPresent(key, (same, order) -> cancelled(order, refund));
            }
        }
    }

    /** What it would give back by itself; else it comes to what it is told. */
    public void suggests(Money amount) {
        suggestion = Optional.of(amount);
    }

    /** What is given back is on its way until {@link #repays}. */
    public void repaysLater() {
        repaidAtOnce = false;
    }

    /** What was on its way back has come. */
    public void repays(OrderKey key) {
        orders.computeIfPresent(
                key,
                (same, order) -> changed(
                        order,
                        order.version().plusSeconds(60),
                        order.cancelledAt(),
                        order.tenders().stream()
                                .map(tender -> tender.kind() == Tender.Kind.REFUND ? confirmed(tender) : tender)
                                .toList()));
    }

    /** What was on its way back has failed; what is given back from now on comes at once. */
    public void failsToRepay(OrderKey key) {
        repaidAtOnce = true;
        fails(key, Tender.Status.PENDING);
    }

    /** What had come back has failed after all. */
    public void takesBackItsWord(OrderKey key) {
        fails(key, Tender.Status.SUCCESS);
    }

    private void fails(OrderKey key, Tender.Status from) {
        orders.computeIfPresent(
                key,
                (same, order) -> changed(
                        order,
                        order.version().plusSeconds(60),
                        order.cancelledAt(),
                        order.tenders().stream()
                                .map(tender -> tender.kind() == Tender.Kind.REFUND && tender.status() == from
                                        ? as(tender, Tender.Status.FAILURE)
                                        : tender)
                                .toList()));
    }

    /** Somebody cancels the whole order there: everything is taken off, and all its money is given back. */
    public void isCancelledByHand(OrderKey key) {
        orders.computeIfPresent(
                key,
                (same, order) -> cancelled(
                        refunded(
                                order,
                                order.lines().stream()
                                        .filter(line -> line.quantity() > 0)
                                        .map(line -> new LineQuantity(line.id(), line.sku(), line.quantity()))
                                        .toList(),
                                List.of()),
                        true));
    }

    /** Somebody gives money back for units of a line by hand; none are taken off where there are none. */
    public void refundsByHand(OrderKey key, String lineId, int units, Money amount) {
        orders.computeIfPresent(key, (same, order) -> {
            Tender payment = order.tenders().stream()
                    .filter(Tender::isPayment)
                    .findFirst()
                    .orElseThrow();
            List<LineQuantity> taken = units == 0
                    ? List.of()
                    : List.of(new LineQuantity(lineId, order.line(lineId).sku(), units));
            return refunded(order, taken, List.of(refund("BY-HAND", payment, MoneyBag.of(amount))));
        });
    }

    /** It has put these on a shelf with what it gave back by hand. */
    public void putsBack(PutBack... units) {
        shelves = List.of(units);
    }

    @Override
    public List<PutBack> putBack(OrderKey order, Set<String> transactions) {
        vendor.reachable("shelves");
        return transactions.contains("BY-HAND") ? shelves : List.of();
    }

    @Override
    public Money suggest(Claim claim) {
        vendor.reachable("suggest");
        Order order = Optional.ofNullable(orders.get(claim.order())).orElseThrow();
        return suggestion.orElseGet(() -> claim.units().stream()
                .map(units -> paidFor(order, units))
                .reduce(claim.delivery().shop(), Money::plus));
    }

    private static Money paidFor(Order order, LineQuantity units) {
        OrderLine line = order.line(units.lineId());
        Money whole = order.taxesIncluded() ? line.total() : line.total().plus(line.tax());
        return whole.share(0, units.quantity(), line.quantity());
    }

    @Override
    public Optional<Receipt> findRefund(Claim claim) {
        return vendor.find("repay", claim.reference()).map(receipt -> receipt(receipt, claim));
    }

    @Override
    public Reply refund(Claim claim, String vendorKey) {
        try {
            Reply reply = vendor.change("repay", claim.reference(), vendorKey);
            return reply instanceof Reply.Done(Receipt receipt) ? Reply.done(receipt(receipt, claim)) : reply;
        } finally {
            if (vendor.effects().contains("repay " + claim.reference())) {
                orders.computeIfPresent(claim.order(), (key, order) -> refunded(order, claim));
            }
        }
    }

    private static Receipt receipt(Receipt receipt, Claim claim) {
        return new Receipt(
                receipt.reference(),
                claim.tenders().stream()
                        .collect(Collectors.toMap(
                                to -> RefundGateway.ofPayment(to.payment()), to -> transaction(claim, to))));
    }

    /** Another refund of the same return bears another reference. */
    private static String transaction(Claim claim, Refund.ToTender to) {
        int another = claim.reference().indexOf('/');
        return "R" + (another < 0 ? "" : claim.reference().substring(another + 1)) + "-" + to.payment();
    }

    private Order refunded(Order order, Claim claim) {
        boolean before = order.tenders().stream()
                .anyMatch(tender ->
                        claim.tenders().stream().anyMatch(to -> tender.id().equals(transaction(claim, to))));
        return before
                ? order
                : refunded(
                        order,
                        claim.units(),
                        claim.tenders().stream()
                                .map(to -> to.isStoreCredit()
                                        ? credit(transaction(claim, to), to, order)
                                        : refund(transaction(claim, to), payment(order, to.payment()), to.amount()))
                                .toList());
    }

    /** Credit is never on its way, and goes back to no payment. */
    private static Tender credit(String id, Refund.ToTender to, Order order) {
        return new Tender(
                id,
                Tender.Kind.REFUND,
                Tender.Status.SUCCESS,
                to.gateway(),
                to.amount(),
                Optional.empty(),
                false,
                order.placedAt());
    }

    private static Tender payment(Order order, String id) {
        return order.tenders().stream()
                .filter(tender -> tender.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Tender refund(String id, Tender payment, MoneyBag amount) {
        return new Tender(
                id,
                Tender.Kind.REFUND,
                repaidAtOnce ? Tender.Status.SUCCESS : Tender.Status.PENDING,
                payment.gateway(),
                amount,
                Optional.of(payment.id()),
                false,
                payment.at());
    }

    private static Order refunded(Order order, List<LineQuantity> taken, List<Tender> refunds) {
        List<OrderLine> lines = order.lines().stream()
                .map(line -> less(
                        line,
                        taken.stream()
                                .filter(units -> units.lineId().equals(line.id()))
                                .mapToInt(LineQuantity::quantity)
                                .sum()))
                .toList();
        return changed(
                order, lines, order.version().plusSeconds(60), order.cancelledAt(), and(order, refunds.stream()));
    }

    private static OrderLine less(OrderLine line, int units) {
        int left = line.quantity() - units;
        return new OrderLine(
                line.id(),
                line.sku(),
                line.title(),
                left,
                line.total().share(0, left, line.quantity()),
                line.discount().share(0, left, line.quantity()),
                line.taxes().stream()
                        .map(tax -> new TaxLine(
                                tax.title(), tax.rate(), tax.amount().share(0, left, line.quantity())))
                        .toList(),
                line.requiresShipping(),
                line.giftCard());
    }

    private static Order cancelled(Order order, boolean refund) {
        Instant at = order.version().plusSeconds(60);
        return order.cancelledAt().isPresent()
                ? order
                : changed(
                        order,
                        at,
                        Optional.of(at),
                        and(
                                order,
                                order.tenders().stream()
                                        .filter(payment -> refund && payment.isPayment())
                                        .map(payment -> following("R-" + payment.id(), Tender.Kind.REFUND, payment))));
    }

    private Order captured(Order order, Capture capture) {
        return changed(
                order,
                order.authorisations().isEmpty()
                        ? order.version()
                        : order.version().plusSeconds(60),
                order.cancelledAt(),
                and(order, order.authorisations().stream().map(authorised -> captureOf(authorised, capture))));
    }

    private Tender captureOf(Tender authorised, Capture capture) {
        boolean whole = authorised.amount().presentment().equals(capture.amount());
        return new Tender(
                "C" + (capture.before().size() + 1),
                Tender.Kind.CAPTURE,
                pendingSince.isPresent() ? Tender.Status.PENDING : Tender.Status.SUCCESS,
                authorised.gateway(),
                whole ? authorised.amount() : MoneyBag.of(capture.amount()),
                Optional.of(authorised.id()),
                false,
                pendingSince.orElse(authorised.at()));
    }

    private static List<Tender> and(Order order, Stream<Tender> more) {
        return Stream.concat(order.tenders().stream(), more).toList();
    }

    private static Tender following(String id, Tender.Kind kind, Tender before) {
        return new Tender(
                id,
                kind,
                Tender.Status.SUCCESS,
                before.gateway(),
                before.amount(),
                Optional.of(before.id()),
                false,
                before.at());
    }

    private static Order changed(Order order, Instant version, Optional<Instant> cancelledAt, List<Tender> tenders) {
        return changed(order, order.lines(), version, cancelledAt, tenders);
    }

    private static Order changed(
            Order order, List<OrderLine> lines, Instant version, Optional<Instant> cancelledAt, List<Tender> tenders) {
        return new Order(
                order.key(),
                order.name(),
                order.channel(),
                version,
                order.placedAt(),
                order.currency(),
                order.presentmentCurrency(),
                order.taxesIncluded(),
                lines,
                order.shipping(),
                order.tip(),
                order.duties(),
                order.rounding(),
                order.total(),
                tenders,
                order.deliveries(),
                order.destination(),
                order.customer(),
                order.tags(),
                cancelledAt,
                order.soldAt());
    }
}
