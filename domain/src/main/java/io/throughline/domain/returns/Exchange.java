package io.throughline.domain.returns;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.finance.Postings;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.inventory.BasketId;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.TaxLine;
import io.throughline.domain.order.Tender;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a customer takes in place of the money of a return: a new order, which the return's credit pays as far as it goes. The customer pays
 * what is missing, and gets back what is over. Until the order is handed over its goods are kept by a basket. How far it has come is derived
 * from what has happened and never set.
 */
public record Exchange(
        ReturnId id,
        AccountId account,
        Wanted wanted,
        BasketId basket,
        Money expectedCredit,
        List<Paid> payments,
        Optional<Asked> asked,
        Optional<Placed> placed,
        Optional<Ended> ended) {
    /** The gateway of the tender by which a credit pays an order; nobody else may name it. */
    public static final String GATEWAY = "exchange";

    /** What the new order's external id begins with, before its return; nobody else may use it. */
    private static final String PREFIX = "exchange.";

    /** Refunds by which a credit goes back: of an order that was carried out without taking all of it, and of one that was not. */
    private static final String LEFT = "left";

    private static final String BACK = "back";

    public Exchange {
        payments = List.copyOf(payments);
    }

    /** What is taken: lines at the price of the day, and the store where they are picked up, or empty: they are sent. */
    public record Wanted(
            CurrencyCode currency, boolean taxesIncluded, List<Line> lines, Optional<FacilityId> pickUpAt) {
        public Wanted {
            lines = List.copyOf(lines);
            if (lines.isEmpty()) {
                throw new IllegalArgumentException("an exchange has at least one line");
            }
        }

        /** What the customer owes for it, taxes included. */
        public Money total() {
            Money goods = Money.sum(currency, lines.stream().map(Line::total).toList());
            return taxesIncluded ? goods : goods.plus(tax());
        }

        private Money tax() {
            return Money.sum(
                    currency,
                    lines.stream()
                            .flatMap(line -> line.taxes().stream())
                            .map(TaxLine::amount)
                            .toList());
        }

        public List<LineQuantity> needs() {
            return IntStream.range(0, lines.size())
                    .mapToObj(at -> new LineQuantity(
                            lineId(at), lines.get(at).sku(), lines.get(at).quantity()))
                    .toList();
        }
    }

    /** Units of one product; {@code taxes} are those of all of them, and part of the price if and only if the prices include them. */
    public record Line(Sku sku, String title, int quantity, Money unitPrice, List<TaxLine> taxes) {
        public Line {
            if (quantity < 1) {
                throw new IllegalArgumentException(sku + ": quantity must be at least 1");
            }
            taxes = List.copyOf(taxes);
        }

        public Money total() {
            return unitPrice.times(quantity);
        }
    }

    /** What the customer has paid of what the credit does not pay. {@code id} is the client's own. */
    public record Paid(String id, String gateway, Money amount, Instant capturedAt) {}

    /** What the customer was asked to pay, once the credit was known, and until when. */
    public record Asked(Money owed, Instant until) {}

    /** The order that was handed over, and how much of it the credit pays. */
    public record Placed(OrderId order, Money credit, Instant at) {}

    /**
     * {@code exchanged}: the order is done, and so much of the credit is {@code taken} by what was handed over of it; the rest goes back as money. Otherwise there is
     * none, or none any more, and all of it does.
     */
    public record Ended(boolean exchanged, Money taken, String why, Instant at) {}

    /** How far it has come. */
    public enum Status {
        /** The goods are kept; the credit is not known yet. */
        KEPT,
        AWAITS_PAYMENT,
        ORDERED,
        EXCHANGED,
        GIVEN_UP
    }

    public Status status() {
        if (ended.isPresent()) {
            return ended.get().exchanged() ? Status.EXCHANGED : Status.GIVEN_UP;
        }
        if (placed.isPresent()) {
            return Status.ORDERED;
        }
        return asked.isPresent() ? Status.AWAITS_PAYMENT : Status.KEPT;
    }

    public boolean isOpen() {
        return ended.isEmpty();
    }

    public Money total() {
        return wanted.total();
    }

    public Money paid() {
        return Money.sum(wanted.currency(), payments.stream().map(Paid::amount).toList());
    }

    /** What the customer has still to pay, where the return is worth so much; never negative. */
    public Money owed(Money credit) {
        return notNegative(total().minus(paid()).minus(credit));
    }

    /** How much of such a credit the new order takes; never negative, and never more than the credit. */
    public Money taken(Money credit) {
        return notNegative(total().minus(paid())).min(credit);
    }

    /** Whether more is owed than the customer was told when the return was authorised. */
    public boolean owesMoreThanExpected(Money credit) {
        return owed(credit).compareTo(owed(expectedCredit)) > 0;
    }

    /** Why a payment is not taken; {@code credit} is empty until it is known. Empty: it is. */
    public Optional<String> objectionTo(Paid payment, Optional<Money> credit) {
        if (payments.stream().anyMatch(known -> known.id().equals(payment.id()))) {
            return Optional.of("A payment " + payment.id() + " was told before.");
        }
        Money owed = owed(credit.orElse(expectedCredit));
        return payment.amount().compareTo(owed) > 0
                ? Optional.of("No more than " + owed + " is owed for what is taken for " + id + ".")
                : Optional.empty();
    }

    public OrderKey orderKey() {
        return new OrderKey(account, PREFIX + id);
    }

    /** Whether an external id is one that only the order of an exchange may have. */
    public static boolean isReserved(String externalId) {
        return externalId.startsWith(PREFIX);
    }

    /** The return whose credit pays an order, if it is the order of an exchange. */
    public static Optional<ReturnId> returnOf(OrderKey order) {
        return isReserved(order.externalId())
                ? ReturnId.about(order.externalId().substring(PREFIX.length()))
                : Optional.empty();
    }

    /**
     * An order that is not carried out, as its books are to see it: what a credit has paid of it goes back to that, so nobody has to give it
     * back here, and its return gives it as money. What went back of it before is not given twice. An order of no exchange is as it was.
     */
    public static Order creditGoneBack(Order order, Instant at) {
        return returnOf(order.key()).isEmpty()
                ? order
                : order.cancelled(at, creditRefund(order, BACK, left(order), at));
    }

    /**
     * An order that was carried out, as its books are to see it: what a credit has paid of it, and nothing that was handed over has cost, goes back to that, and its return
     * gives it as money. Where it takes the whole credit, and where it is of no exchange, it is as it was.
     */
    public static Order creditLeftOver(Order order, Money left, Instant at) {
        return returnOf(order.key()).isEmpty()
                ? order
                : order.afterRefunds(order.version(), order.lines(), creditRefund(order, LEFT, left, at));
    }

    /** What a credit has paid of an order and that does not take. {@code work} is all of the order's. */
    public static Money leftOver(Order order, List<FulfillmentOrder> work) {
        return credit(order).minus(takenBy(order, work));
    }

    /** The name of the refund by which that goes back; empty: no credit has paid anything of the order. */
    public static Optional<String> leftOverName(Order order) {
        return payments(order).map(payment -> refundName(LEFT, payment)).findFirst();
    }

    /**
     * How much of its credit the new order takes once it is done: what was handed over of it, taxes included, less what the customer has paid. So what came short
     * or was called off goes back of the credit first, and never more than that.
     */
    public static Money takenBy(Order order, List<FulfillmentOrder> work) {
        Money paid = order.paid().minus(credit(order));
        List<FulfillmentOrder> handedOver =
                work.stream().filter(one -> one.status().handedOver()).toList();
        return notNegative(new Postings(order).worth(handedOver).minus(paid)).min(credit(order));
    }

    private static Money credit(Order order) {
        return Money.sum(
                order.currency(),
                payments(order).map(payment -> payment.amount().shop()).toList());
    }

    /** What of the credit has not gone back. */
    private static Money left(Order order) {
        return credit(order)
                .minus(Money.sum(
                        order.currency(),
                        order.tenders().stream()
                                .filter(tender ->
                                        tender.isRefund() && tender.gateway().equals(GATEWAY))
                                .map(refund -> refund.amount().shop())
                                .toList()));
    }

    private static List<Tender> creditRefund(Order order, String way, Money amount, Instant at) {
        return amount.isPositive()
                ? payments(order)
                        .map(payment -> payment.refunded(refundName(way, payment), MoneyBag.of(amount), at))
                        .toList()
                : List.of();
    }

    private static String refundName(String way, Tender payment) {
        return way + "/" + payment.id();
    }

    /** One at most. */
    private static Stream<Tender> payments(Order order) {
        return order.tenders().stream()
                .filter(tender -> tender.isPayment() && tender.gateway().equals(GATEWAY));
    }

    /** The new order, paid by {@code credit} and by what the customer has paid. {@code sold} is the order of the return. */
    public Order order(Order sold, Money credit, Instant at) {
        OrderKey key = orderKey();
        Money nothing = Money.zero(wanted.currency());
        return new Order(
                key,
                sold.name() + "-X" + id.ordinal(),
                Channel.API,
                at,
                at,
                wanted.currency(),
                wanted.currency(),
                wanted.taxesIncluded(),
                orderLines(nothing),
                List.of(),
                nothing,
                nothing,
                nothing,
                MoneyBag.of(total()),
                tenders(credit, at),
                List.of(new Delivery(
                        wanted.pickUpAt().isPresent() ? DeliveryMethod.PICKUP : DeliveryMethod.SHIPPING,
                        wanted.pickUpAt(),
                        Optional.empty(),
                        wanted.needs())),
                wanted.pickUpAt().isPresent() ? Optional.empty() : sold.destination(),
                CustomerRef.of(OrderId.of(key)),
                List.of(GATEWAY),
                Optional.empty());
    }

    private List<OrderLine> orderLines(Money nothing) {
        List<OrderLine> lines = new ArrayList<>();
        for (Line line : wanted.lines()) {
            lines.add(new OrderLine(
                    lineId(lines.size()),
                    line.sku(),
                    line.title(),
                    line.quantity(),
                    line.total(),
                    nothing,
                    line.taxes(),
                    true,
                    false));
        }
        return lines;
    }

    private List<Tender> tenders(Money credit, Instant at) {
        List<Tender> tenders = new ArrayList<>();
        if (credit.isPositive()) {
            tenders.add(payment(GATEWAY, GATEWAY, credit, at));
        }
        payments.forEach(paid -> tenders.add(payment(paid.id(), paid.gateway(), paid.amount(), paid.capturedAt())));
        return tenders;
    }

    private static Tender payment(String tender, String gateway, Money amount, Instant at) {
        return new Tender(
                tender,
                Tender.Kind.SALE,
                Tender.Status.SUCCESS,
                gateway,
                MoneyBag.of(amount),
                Optional.empty(),
                false,
                at);
    }

    private static String lineId(int at) {
        return String.valueOf(at + 1);
    }

    private static Money notNegative(Money amount) {
        return amount.isNegative() ? Money.zero(amount.currency()) : amount;
    }
}
