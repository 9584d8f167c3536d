package io.throughline.activities;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.FulfillmentMirror;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderCancellation;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderSource;
import io.throughline.domain.order.Tender;
import io.throughline.domain.payment.PaymentGateway;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A channel with its orders. Capturing an order's authorisation or cancelling it makes a newer version of it. */
public final class TestingShop implements OrderSource, FulfillmentMirror, PaymentGateway, OrderCancellation {
    private final TestingVendor vendor;
    private final Map<OrderKey, Order> orders = new ConcurrentHashMap<>();
    private final Set<OrderKey> garbled = ConcurrentHashMap.newKeySet();
    private volatile Optional<Instant> pendingSince = Optional.empty();

    public TestingShop(TestingVendor vendor) {
        this.vendor = vendor;
    }

    public void put(Order order) {
        orders.put(order.key(), order);
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
        return new Tender(
                tender.id(),
                tender.kind(),
                Tender.Status.SUCCESS,
                tender.gateway(),
                tender.amount(),
                tender.parent(),
                tender.multiCapturable(),
                tender.at());
    }

    @Override
    public Optional<ChannelOrder> read(OrderKey key) {
        vendor.reachable("read");
        if (garbled.contains(key)) {
            throw SystemFailure.withoutEffect(FailureCode.ORDER_UNREADABLE, "order " + key + ": half a tee", null);
        }
        return Optional.ofNullable(orders.get(key)).map(order -> new ChannelOrder(order, PersonalData.none()));
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
        return vendor.change("assign", assignment.id().value(), vendorKey);
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
        return vendor.find("capture", capture.authorisation());
    }

    @Override
    public Reply capture(Capture capture, String vendorKey) {
        try {
            return vendor.change("capture", capture.authorisation(), vendorKey);
        } finally {
            if (vendor.effects().contains("capture " + capture.authorisation())) {
                orders.computeIfPresent(capture.order(), (key, order) -> captured(order));
            }
        }
    }

    @Override
    public Optional<Receipt> findCancellation(OrderKey key) {
        return vendor.find("cancel", key.externalId());
    }

    @Override
    public Reply cancel(OrderKey key, String reason, String vendorKey) {
        try {
            return vendor.change("cancel", key.externalId(), vendorKey);
        } finally {
            if (vendor.effects().contains("cancel " + key.externalId())) {
                orders.computeIfPresent(key, (same, order) -> cancelled(order));
            }
        }
    }

    private static Order cancelled(Order order) {
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
                                        .filter(Tender::isPayment)
                                        .map(payment -> following("R-" + payment.id(), Tender.Kind.REFUND, payment))));
    }

    private Order captured(Order order) {
        return changed(
                order,
                order.authorisations().isEmpty()
                        ? order.version()
                        : order.version().plusSeconds(60),
                order.cancelledAt(),
                and(order, order.authorisations().stream().map(this::captureOf)));
    }

    private Tender captureOf(Tender authorisation) {
        return pendingSince
                .map(since -> new Tender(
                        "C1",
                        Tender.Kind.CAPTURE,
                        Tender.Status.PENDING,
                        authorisation.gateway(),
                        authorisation.amount(),
                        Optional.of(authorisation.id()),
                        false,
                        since))
                .orElseGet(() -> following("C1", Tender.Kind.CAPTURE, authorisation));
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
        return new Order(
                order.key(),
                order.name(),
                order.channel(),
                version,
                order.placedAt(),
                order.currency(),
                order.presentmentCurrency(),
                order.taxesIncluded(),
                order.lines(),
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
                cancelledAt);
    }
}
