package io.throughline.domain.finance;

import static io.throughline.domain.order.OrderBuilder.tax;
import static io.throughline.domain.order.SampleOrders.SOCKS;
import static io.throughline.domain.order.SampleOrders.TEE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.finance.LedgerAccount.Role;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.order.Tender;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PostingsTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    static List<Order> orders() {
        return List.of(
                SampleOrders.twoLinesWithTaxAndDiscount(),
                SampleOrders.pickup(),
                SampleOrders.taxesIncluded(),
                SampleOrders.yen(),
                SampleOrders.dinar(),
                SampleOrders.tillSale(),
                SampleOrders.giftCards());
    }

    @ParameterizedTest
    @MethodSource("orders")
    void oneInvoiceOfEverythingComesToTheOrdersTotal(Order order) {
        Postings postings = new Postings(order);
        SalesInvoice invoice = postings.invoice(wholeOf(order), List.of(), TODAY);

        assertThat(invoice.total()).isEqualTo(order.total().shop());
        assertThat(demand(order).total()).isEqualTo(order.total().shop());
        assertThat(Journal.of(invoice).reference())
                .isEqualTo(order.id() + "-F1/invoice")
                .isEqualTo(invoice.reference());
    }

    @ParameterizedTest
    @MethodSource("orders")
    void invoiceAndPaymentsTogetherOweNothing(Order order) {
        Postings postings = new Postings(order);
        List<JournalLine> lines = new ArrayList<>(
                Journal.of(postings.invoice(wholeOf(order), List.of(), TODAY)).lines());
        order.tenders()
                .forEach(tender ->
                        lines.addAll(Journal.of(postings.payment(tender, TODAY)).lines()));

        assertThat(Journal.net(lines)).doesNotContainKey(LedgerAccount.of(Role.RECEIVABLE));
    }

    @Test
    void revenueDeliveryAndEachTaxHaveTheirAccounts() {
        Order order = SampleOrders.twoLinesWithTaxAndDiscount();
        Postings postings = new Postings(order);

        assertThat(shown(Journal.of(postings.invoice(wholeOf(order), List.of(), TODAY))))
                .isEqualTo(Map.of(
                        "RECEIVABLE", "98.74",
                        "REVENUE", "-85.00",
                        "SHIPPING_REVENUE", "-6.00",
                        "TAX:NY State", "-3.64",
                        "TAX:New York City", "-4.10"));
    }

    @Test
    void whatAStoreHasSoldForOthersToShipIsItsSale() {
        Order order = SampleOrders.twoLinesWithTaxAndDiscount();
        FulfillmentOrder shipped = wholeOf(order);

        assertThat(new Postings(order).invoice(shipped, List.of(), TODAY).facility())
                .isEqualTo(shipped.facility());
        assertThat(new Postings(order.withSoldAt(SampleFacilities.ST_DUBLIN))
                        .invoice(shipped, List.of(), TODAY)
                        .facility())
                .isEqualTo(SampleFacilities.ST_DUBLIN);
    }

    @Test
    void taxThatThePricesIncludeIsTakenOutOfTheRevenue() {
        Order order = SampleOrders.taxesIncluded();
        Postings postings = new Postings(order);

        assertThat(shown(Journal.of(postings.invoice(wholeOf(order), List.of(), TODAY))))
                .isEqualTo(Map.of(
                        "RECEIVABLE", "209.00",
                        "REVENUE", "-165.86",
                        "SHIPPING_REVENUE", "-4.06",
                        "TAX:VAT", "-39.08"));
    }

    @Test
    void tipDutiesAndRoundingAreNoRevenue() {
        Order order = new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "1"), "USD")
                .line(TEE, 1, "25.00")
                .tip("3.00")
                .duties("4.00")
                .rounding("-0.02")
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty())
                .build();
        Postings postings = new Postings(order);

        assertThat(shown(Journal.of(postings.invoice(wholeOf(order), List.of(), TODAY))))
                .isEqualTo(Map.of(
                        "RECEIVABLE", "31.98",
                        "REVENUE", "-25.00",
                        "TIPS_PAYABLE", "-3.00",
                        "DUTIES_PAYABLE", "-4.00",
                        "ROUNDING", "0.02"));
    }

    @Test
    void anOrderOfGiftCardsIsInvoicedThoughNothingIsHandedOver() {
        Order order = SampleOrders.onlyAGiftCard();
        Postings postings = new Postings(order);

        assertThat(shown(Journal.of(postings.invoice(nothingToHandOver(order), List.of(), TODAY))))
                .isEqualTo(Map.of("RECEIVABLE", "50.00", "GIFT_CARD_LIABILITY", "-50.00"));
    }

    @Test
    void whatIsGivenBackIsBookedTheOtherWayRound() {
        Order order = SampleOrders.twoLines("1").paid().refunded().build();
        Tender refund = order.tenders().getLast();
        Postings postings = new Postings(order);

        CustomerPayment back = postings.refund(refund, order.tenders().getFirst(), TODAY);

        assertThat(back.reference()).isEqualTo(order.id() + "/refund/R1");
        assertThat(back.refundOf()).contains(order.id() + "/payment/T1");
        assertThat(Journal.of(back).kind()).isEqualTo(Journal.Kind.REVERSAL);
        assertThat(shown(Journal.of(back)))
                .isEqualTo(Map.of("CLEARING:shopify_payments", "-98.74", "RECEIVABLE", "98.74"));
    }

    @Test
    void aGiftCardSoldIsOwedAndOneSpentIsOwedNoLonger() {
        Order order = SampleOrders.giftCards();
        Postings postings = new Postings(order);

        assertThat(shown(Journal.of(postings.invoice(wholeOf(order), List.of(), TODAY))))
                .isEqualTo(Map.of("RECEIVABLE", "75.00", "REVENUE", "-25.00", "GIFT_CARD_LIABILITY", "-50.00"));
        assertThat(shown(Journal.of(postings.payment(order.tenders().getFirst(), TODAY))))
                .isEqualTo(Map.of("GIFT_CARD_LIABILITY", "30.00", "RECEIVABLE", "-30.00"));
        assertThat(shown(Journal.of(postings.payment(order.tenders().getLast(), TODAY))))
                .isEqualTo(Map.of("CLEARING:shopify_payments", "45.00", "RECEIVABLE", "-45.00"));
    }

    @Test
    void deliveryIsChargedOnTheFirstInvoiceOnly() {
        Order order = SampleOrders.twoBags();
        FulfillmentOrder first = work(order, 1, List.of(new LineQuantity("L1", SampleOrders.BAG, 1)));
        FulfillmentOrder second = work(order, 2, List.of(new LineQuantity("L1", SampleOrders.BAG, 1)));
        Postings postings = new Postings(order);

        SalesInvoice one = postings.invoice(first, List.of(), TODAY);
        SalesInvoice two = postings.invoice(second, List.of(first), TODAY);

        assertThat(one.lines()).extracting(SalesInvoice.Line::product).containsExactly("NW-BAG-TAN", "SHIPPING");
        assertThat(two.lines()).extracting(SalesInvoice.Line::product).containsExactly("NW-BAG-TAN");
        assertThat(one.total()).isEqualTo(Money.of("104.81", order.currency()));
        assertThat(two.total()).isEqualTo(Money.of("98.80", order.currency()));
    }

    @ParameterizedTest
    @MethodSource("currencies")
    void whateverTheSplitTheInvoicesSumToTheOrder(String currency) {
        long seed = 1_000_003L + currency.hashCode();
        Random random = new Random(seed);
        for (int run = 0; run < 400; run++) {
            Order order = randomOrder(random, currency, run);
            Postings postings = new Postings(order);
            List<FulfillmentOrder> done = new ArrayList<>();
            List<JournalLine> booked = new ArrayList<>();
            for (FulfillmentOrder part : randomSplit(random, order)) {
                SalesInvoice invoice = postings.invoice(part, done, TODAY);
                assertThat(invoice.lines()).noneMatch(line -> line.net().isNegative());
                booked.addAll(Journal.of(invoice).lines());
                done.add(part);
            }
            List<JournalLine> atOnce = Journal.of(postings.invoice(wholeOf(order), List.of(), TODAY))
                    .lines();
            assertThat(Journal.net(booked)).as("seed %d run %d", seed, run).isEqualTo(Journal.net(atOnce));
        }
    }

    static List<String> currencies() {
        return List.of("USD", "JPY", "KWD");
    }

    @Test
    void aJournalOutOfBalanceCanNotBeMade() {
        CurrencyCode usd = CurrencyCode.of("USD");
        List<JournalLine> lines = List.of(
                JournalLine.signed(LedgerAccount.of(Role.RECEIVABLE), Money.of("10.00", usd)),
                JournalLine.signed(LedgerAccount.of(Role.REVENUE), Money.of("-9.99", usd)));

        assertThatExceptionOfType(SystemFailure.class)
                .isThrownBy(() -> new Journal("R", SampleOrders.pickup().id(), Journal.Kind.INVOICE, TODAY, usd, lines))
                .withMessageContaining("0.01 USD")
                .extracting(SystemFailure::code)
                .isEqualTo(FailureCode.JOURNAL_OUT_OF_BALANCE);
    }

    @Test
    void aJournalLineIsEitherADebitOrACredit() {
        Money one = Money.of("1.00", CurrencyCode.of("USD"));
        Money none = Money.zero(CurrencyCode.of("USD"));
        LedgerAccount account = LedgerAccount.of(Role.REVENUE);

        assertThatIllegalArgumentException().isThrownBy(() -> new JournalLine(account, one, one));
        assertThatIllegalArgumentException().isThrownBy(() -> new JournalLine(account, none, none));
        assertThatIllegalArgumentException().isThrownBy(() -> new JournalLine(account, one.negated(), none));
        assertThat(JournalLine.signed(account, one.negated()).credit()).isEqualTo(one);
    }

    private static Order randomOrder(Random random, String currency, int run) {
        OrderBuilder order = new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "R" + run), currency);
        if (random.nextBoolean()) {
            order.taxesIncluded();
        }
        int lines = 1 + random.nextInt(4);
        for (int i = 0; i < lines; i++) {
            int units = 1 + random.nextInt(6);
            order.line(
                    SOCKS,
                    units,
                    amount(currency, 100L * units + random.nextInt(9999)),
                    tax("State", amount(currency, random.nextInt(40))),
                    tax("City", amount(currency, random.nextInt(40))));
        }
        return order.shipping(amount(currency, random.nextInt(900)))
                .tip(amount(currency, random.nextInt(300)))
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty())
                .build();
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
                parts.add(work(order, parts.size() + 1, taken));
            }
        }
        return parts;
    }

    private static String amount(String currency, long minor) {
        return Money.ofMinor(minor, CurrencyCode.of(currency)).toDecimal().toPlainString();
    }

    private static FulfillmentOrder nothingToHandOver(Order order) {
        return work(order, 1, DeliveryMethod.NONE, order.deliveries().getFirst().lines());
    }

    private static FulfillmentOrder wholeOf(Order order) {
        return work(
                order,
                1,
                order.deliveries().stream()
                        .filter(delivery -> delivery.method() != DeliveryMethod.NONE)
                        .flatMap(delivery -> delivery.lines().stream())
                        .toList());
    }

    private static FulfillmentOrder work(Order order, int ordinal, List<LineQuantity> lines) {
        return work(order, ordinal, DeliveryMethod.SHIPPING, lines);
    }

    private static FulfillmentOrder work(Order order, int ordinal, DeliveryMethod method, List<LineQuantity> lines) {
        return new FulfillmentOrder(
                FulfillmentOrderId.of(order.id(), ordinal),
                SampleFacilities.WH_EAST,
                method,
                FulfillmentStatus.SHIPPED,
                lines,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private static SalesDemand demand(Order order) {
        return new Postings(order).demand(PersonalData.none(), "WH-EAST", TODAY);
    }

    private static Map<String, String> shown(Journal journal) {
        Map<String, String> shown = new TreeMap<>();
        Journal.net(journal.lines())
                .forEach((account, money) ->
                        shown.put(account.toString(), money.toDecimal().toPlainString()));
        return shown;
    }
}
