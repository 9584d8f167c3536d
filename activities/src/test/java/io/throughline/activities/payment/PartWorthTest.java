package io.throughline.activities.payment;

import static io.throughline.domain.order.OrderBuilder.tax;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.finance.Journal;
import io.throughline.domain.finance.JournalLine;
import io.throughline.domain.finance.LedgerAccount;
import io.throughline.domain.finance.Postings;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.order.Tender;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Orders that leave in parts, of which a gift card has paid some when they were placed, and a card pays the rest shipment by shipment. */
class PartWorthTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final Instant PAID_AT = Instant.parse("2026-11-23T09:00:00Z");
    private static final List<Sku> SKUS = List.of(SampleOrders.TEE, SampleOrders.CAP, SampleOrders.SOCKS);
    private static final int ORDERS = 300;

    @ParameterizedTest(name = "{0}, seed {1}")
    @CsvSource({"USD, 2001", "JPY, 2002", "KWD, 2003"})
    void eachShipmentTakesFromTheCardWhatTheGiftCardHasNotPaid(String currency, long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < ORDERS; run++) {
            Sold sold = Sold.next(random, CurrencyCode.of(currency), run);
            List<FulfillmentOrder> work = randomSplit(random, sold.placed());
            Order order = sold.placed();
            List<FulfillmentOrder> before = new ArrayList<>();
            List<Journal> booked = new ArrayList<>();
            for (int part = 0; part < work.size(); part++) {
                booked.add(Journal.of(new Postings(order).invoice(work.get(part), before, TODAY)));
                work.set(
                        part,
                        work(
                                order,
                                part + 1,
                                FulfillmentStatus.SHIPPED,
                                work.get(part).lines()));
                before.add(work.get(part));
                order = sold.withCapture(order, new PartWorth(order, work).due());

                assertThat(order.paid())
                        .as("seed %d run %d: after part %d of %s", seed, run, part + 1, order)
                        .isEqualTo(larger(sold.giftCard(), invoiced(order, booked)));
            }
            assertBooks(sold, order, booked, "seed " + seed + " run " + run);
        }
    }

    /** Each document once, the customer owes nothing, and each of both has given its share. */
    private static void assertBooks(Sold sold, Order order, List<Journal> invoices, String which) {
        List<Journal> booked = new ArrayList<>(invoices);
        order.tenders().stream()
                .filter(Tender::isPayment)
                .forEach(tender -> booked.add(Journal.of(new Postings(order).payment(tender, TODAY))));
        Map<LedgerAccount, Money> net = Journal.net(
                booked.stream().flatMap(journal -> journal.lines().stream()).toList());
        Money card = order.total().shop().minus(sold.giftCard());
        LedgerAccount giftCards = LedgerAccount.of(LedgerAccount.Role.GIFT_CARD_LIABILITY);

        assertThat(booked).as(which).extracting(Journal::reference).doesNotHaveDuplicates();
        assertThat(net).as(which).doesNotContainKey(LedgerAccount.of(LedgerAccount.Role.RECEIVABLE));
        assertThat(net.get(giftCards)).as(which).isEqualTo(sold.giftCard());
        assertThat(Optional.ofNullable(net.get(LedgerAccount.clearing("shopify_payments"))))
                .as(which)
                .isEqualTo(Optional.of(card).filter(Money::isPositive));
        assertThat(order.authorisations())
                .as(which + ": nothing is left to take")
                .isEmpty();
    }

    private static Money invoiced(Order order, List<Journal> invoices) {
        return Money.sum(
                order.currency(),
                invoices.stream()
                        .flatMap(journal -> journal.lines().stream())
                        .filter(line -> line.account().equals(LedgerAccount.of(LedgerAccount.Role.RECEIVABLE)))
                        .map(JournalLine::debit)
                        .toList());
    }

    private static Money larger(Money one, Money other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** The whole order as it was placed; a gift card has paid a part of it, and the card may be asked for the rest in parts. */
    private record Sold(OrderBuilder goods, Money giftCard, Order placed) {
        static Sold next(Random random, CurrencyCode currency, int run) {
            OrderBuilder goods = new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "P" + run), currency.toString());
            if (random.nextBoolean()) {
                goods.taxesIncluded();
            }
            for (Sku sku : SKUS.subList(0, 1 + random.nextInt(SKUS.size()))) {
                int units = 1 + random.nextInt(5);
                goods.line(
                        sku,
                        units,
                        amount(currency, 100L * units + random.nextInt(9999)),
                        tax("State", amount(currency, random.nextInt(40))),
                        tax("City", amount(currency, random.nextInt(40))));
            }
            goods.shipping(amount(currency, random.nextInt(900)))
                    .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty());
            Money total = goods.build().total().shop();
            Money giftCard = Money.ofMinor(1 + random.nextLong(total.minor()), currency);
            goods.tender(tender("G1", Tender.Kind.SALE, "gift_card", giftCard, Optional.empty()));
            if (giftCard.compareTo(total) < 0) {
                goods.tender(tender(
                        "A1", Tender.Kind.AUTHORIZATION, "shopify_payments", total.minus(giftCard), Optional.empty()));
            }
            return new Sold(goods, giftCard, goods.build());
        }

        /** As the step of payments does it, and the channel tells then. */
        Order withCapture(Order order, MoneyBag due) {
            for (Tender authorisation : order.authorisations()) {
                Money left = order.left(authorisation).shop();
                Money amount = left.min(due.shop());
                if (amount.isPositive()) {
                    int number = order.captures(authorisation).size() + 1;
                    goods.tender(tender(
                            "C" + number,
                            Tender.Kind.CAPTURE,
                            authorisation.gateway(),
                            amount,
                            Optional.of(authorisation.id())));
                }
            }
            return goods.build();
        }
    }

    private static Tender tender(String id, Tender.Kind kind, String gateway, Money amount, Optional<String> parent) {
        return new Tender(
                id,
                kind,
                Tender.Status.SUCCESS,
                gateway,
                MoneyBag.of(amount),
                parent,
                kind == Tender.Kind.AUTHORIZATION,
                PAID_AT);
    }

    private static String amount(CurrencyCode currency, long minor) {
        return Money.ofMinor(minor, currency).toDecimal().toPlainString();
    }

    private static List<FulfillmentOrder> randomSplit(Random random, Order order) {
        List<FulfillmentOrder> parts = new ArrayList<>();
        Map<String, Integer> left = new TreeMap<>();
        order.lines().forEach(line -> left.put(line.id(), line.quantity()));
        while (!left.isEmpty()) {
            List<LineQuantity> taken = new ArrayList<>();
            for (OrderLine line : order.lines()) {
                int units = random.nextInt(left.getOrDefault(line.id(), 0) + 1);
                if (units > 0) {
                    taken.add(new LineQuantity(line.id(), line.sku(), units));
                    left.computeIfPresent(line.id(), (id, rest) -> rest == units ? null : rest - units);
                }
            }
            if (!taken.isEmpty()) {
                parts.add(work(order, parts.size() + 1, FulfillmentStatus.RELEASED, taken));
            }
        }
        return parts;
    }

    private static FulfillmentOrder work(Order order, int ordinal, FulfillmentStatus status, List<LineQuantity> lines) {
        return new FulfillmentOrder(
                FulfillmentOrderId.of(order.id(), ordinal),
                SampleFacilities.WH_EAST,
                DeliveryMethod.SHIPPING,
                status,
                lines,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }
}
