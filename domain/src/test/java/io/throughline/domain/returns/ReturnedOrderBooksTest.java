package io.throughline.domain.returns;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.finance.CustomerPayment;
import io.throughline.domain.finance.Journal;
import io.throughline.domain.finance.JournalLine;
import io.throughline.domain.finance.LedgerAccount;
import io.throughline.domain.finance.Postings;
import io.throughline.domain.finance.SalesInvoice;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.ShippingLine;
import io.throughline.domain.order.TaxLine;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for any order, sold and billed in any parts, of which any part came back in any steps: what was given back, and the fees kept, are
 * what was paid less what the customer keeps, to the minor unit; and the books say the same, account by account. {@code -Dthroughline.seed=}
 * runs one seed again.
 */
class ReturnedOrderBooksTest {
    private static final int RUNS = 300;
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 26);

    static LongStream seeds() {
        return Optional.ofNullable(Long.getLong("throughline.seed"))
                .map(LongStream::of)
                .orElseGet(() -> LongStream.of(20261126, 4711, 97, System.nanoTime()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatWasGivenBackAndTheFeesAreWhatWasPaidLessWhatIsKept(long seed) {
        System.out.println("ReturnedOrderBooksTest: seed " + seed);
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            Life life = Life.of(random);
            String at = "seed %d run %d: %s, %s".formatted(seed, run, life.bought, life.refunds);

            Money captured = SamplePurchases.captured(life.bought).shop();
            assertThat(life.given().plus(life.fees()))
                    .as(at)
                    .isEqualTo(captured.minus(life.goodsKept()).minus(life.chargesKept()));
            assertCharges(life, at);
            assertBooks(life, at);
        }
    }

    /** Of charges exactly that is given back which their rules say; in proportion it is at most the whole, and the whole with the last unit. */
    private static void assertCharges(Life life, String at) {
        Map<RefundEntry.Charge.Kind, ChargeRule> rules = Map.of(
                RefundEntry.Charge.Kind.SHIPPING, life.policy.charges().shipping(),
                RefundEntry.Charge.Kind.DUTIES, life.policy.charges().duties(),
                RefundEntry.Charge.Kind.TIP, life.policy.charges().tip(),
                RefundEntry.Charge.Kind.ROUNDING, ChargeRule.WITH_THE_LAST);
        rules.forEach((kind, rule) -> {
            Money whole = life.charged(kind);
            Money back = life.chargesGiven(kind);
            // Gift cards carry no charge of the order.
            boolean all = life.end.lines().stream().allMatch(line -> line.sold().giftCard() || line.returnable() == 0);
            switch (rule) {
                case NEVER -> assertThat(back.isZero()).as("%s %s", kind, at).isTrue();
                case WITH_THE_LAST ->
                    assertThat(back).as("%s %s", kind, at).isEqualTo(all ? whole : Money.zero(whole.currency()));
                case IN_PROPORTION -> {
                    assertThat(back.isNegative() || back.compareTo(whole) > 0)
                            .as("%s %s", kind, at)
                            .isFalse();
                    assertThat(!all || back.equals(whole)).as("%s %s", kind, at).isTrue();
                }
            }
        });
    }

    /** The customer's account is even, each tender's clearing account holds what it took less what it gave, each tax what is kept of it. */
    private static void assertBooks(Life life, String at) {
        Map<LedgerAccount, Money> net = Journal.net(life.journals);
        Money nothing = Money.zero(life.bought.currency());
        assertThat(net).as(at).doesNotContainKey(LedgerAccount.of(LedgerAccount.Role.RECEIVABLE));
        assertThat(Money.sum(life.bought.currency(), List.copyOf(net.values())).isZero())
                .as(at)
                .isTrue();
        for (String gateway : Set.of("shopify_payments", "cash", "store_credit")) {
            assertThat(net.getOrDefault(LedgerAccount.clearing(gateway), nothing))
                    .as("%s %s", gateway, at)
                    .isEqualTo(life.taken(gateway).minus(life.givenTo(gateway)));
        }
        life.taxesKept()
                .forEach((title, kept) -> assertThat(net.getOrDefault(LedgerAccount.tax(title), nothing))
                        .as("%s %s", title, at)
                        .isEqualTo(kept.negated()));
    }

    /** An order from its sale to as many returns of it as chance will have, with everything that was booked of it. */
    private static final class Life {
        private final Purchase bought;
        private final ReturnPolicy policy;
        private final List<Refund> refunds = new ArrayList<>();
        private final List<JournalLine> journals = new ArrayList<>();
        private Purchase end;

        private Life(Purchase bought, ReturnPolicy policy) {
            this.bought = bought;
            this.policy = policy;
            this.end = bought;
        }

        static Life of(Random random) {
            RandomPurchases purchases = new RandomPurchases(random);
            Life life = new Life(purchases.next(), policy(random));
            Order order = life.order();
            life.sell(order, random);
            TestingReturns returns = new TestingReturns();
            while (life.end.lines().stream().anyMatch(line -> line.returnable() > 0) && random.nextInt(5) > 0) {
                life.takeBack(order, returns, purchases);
            }
            return life;
        }

        /** No coins, which give more or less than is due. */
        private static ReturnPolicy policy(Random random) {
            ReturnPolicyBuilder policy = new ReturnPolicyBuilder()
                    .charges(any(random), any(random), any(random))
                    .restocking("some", random.nextInt(101));
            return (random.nextBoolean() ? policy.refundTo("store_credit", "*", "gift_card") : policy).build();
        }

        private static ChargeRule any(Random random) {
            List<ChargeRule> all = List.of(ChargeRule.values());
            return all.get(random.nextInt(all.size()));
        }

        /** It leaves in two parts, of which one may be nothing. */
        private void sell(Order order, Random random) {
            List<LineQuantity> first = new ArrayList<>();
            List<LineQuantity> second = new ArrayList<>();
            for (OrderLine line : order.lines()) {
                int units = random.nextInt(line.quantity() + 1);
                add(first, line, units);
                add(second, line, line.quantity() - units);
            }
            Postings postings = new Postings(order);
            List<FulfillmentOrder> before = new ArrayList<>();
            for (List<LineQuantity> part : List.of(first, second)) {
                if (!part.isEmpty()) {
                    FulfillmentOrder work =
                            SamplePurchases.work(order, before.size() + 1, FulfillmentStatus.SHIPPED, part);
                    book(Journal::of, postings.invoice(work, before, TODAY));
                    before.add(work);
                }
            }
            bought.payments().forEach(payment -> pay(postings.payment(payment.tender(), TODAY)));
        }

        private static void add(List<LineQuantity> lines, OrderLine line, int units) {
            if (units > 0) {
                lines.add(new LineQuantity(line.id(), line.sku(), units));
            }
        }

        private void takeBack(Order order, TestingReturns returns, RandomPurchases purchases) {
            ReturnRequest request = purchases.request(
                    end, List.of(ReturnPolicyBuilder.NEW, ReturnPolicyBuilder.OPENED, ReturnPolicyBuilder.UNSALEABLE));
            Refund refund = new RefundCalculation(end, policy).of(request);
            ReturnId id = returns.authorise(
                    order, request.to(), false, request.lines().toArray(new ReturnRequest.Line[0]));
            ReturnPostings postings = new ReturnPostings(returns.get(id), refund, order);
            book(Journal::ofCreditNote, postings.creditNote(SampleFacilities.WH_EAST, TODAY));
            postings.payments(refund.tenders(), TODAY).forEach(this::pay);
            refunds.add(refund);
            end = SamplePurchases.after(end, request, refund);
        }

        /** A journal that does not balance can't be made. */
        private void book(Function<SalesInvoice, Journal> journal, SalesInvoice invoice) {
            if (!invoice.isOfNothing()) {
                journals.addAll(journal.apply(invoice).lines());
            }
        }

        private void pay(CustomerPayment payment) {
            if (!payment.amount().isZero()) {
                journals.addAll(Journal.of(payment).lines());
            }
        }

        Money given() {
            return sum(refunds.stream().map(refund -> refund.total().shop()));
        }

        /** Conditions, restocking, and what a limit takes or leaves. */
        Money fees() {
            return sum(entries().filter(RefundEntry.Deduction.class::isInstance).map(RefundEntry::amount))
                    .negated();
        }

        /** What the units that did not come back were sold for. */
        Money goodsKept() {
            return sum(end.lines().stream().flatMap(line -> {
                int back = line.returned();
                OrderLine sold = line.sold();
                return Stream.concat(
                                Stream.of(sold.total()),
                                bought.taxesIncluded()
                                        ? Stream.<Money>of()
                                        : sold.taxes().stream().map(TaxLine::amount))
                        .map(amount -> amount.share(back, sold.quantity(), sold.quantity()));
            }));
        }

        Money chargesKept() {
            return sum(Stream.of(RefundEntry.Charge.Kind.values())
                    .map(kind -> charged(kind).minus(chargesGiven(kind))));
        }

        Money charged(RefundEntry.Charge.Kind kind) {
            return switch (kind) {
                case SHIPPING ->
                    sum(bought.shipping().stream()
                            .flatMap(line -> bought.taxesIncluded()
                                    ? Stream.of(line.total())
                                    : Stream.of(line.total(), line.tax())));
                case DUTIES -> bought.duties();
                case TIP -> bought.tip();
                case ROUNDING -> bought.rounding();
            };
        }

        Money chargesGiven(RefundEntry.Charge.Kind kind) {
            return sum(entries()
                    .filter(entry -> entry instanceof RefundEntry.Charge charge && charge.kind() == kind)
                    .map(RefundEntry::amount));
        }

        Money taken(String gateway) {
            return sum(bought.payments().stream()
                    .filter(payment -> payment.gateway().equals(gateway))
                    .map(payment -> payment.captured().shop()));
        }

        Money givenTo(String gateway) {
            return sum(refunds.stream()
                    .flatMap(refund -> refund.tenders().stream())
                    .filter(part -> part.gateway().equals(gateway))
                    .map(part -> part.amount().shop()));
        }

        Map<String, Money> taxesKept() {
            Map<String, Money> kept = new TreeMap<>();
            Stream.concat(
                            bought.lines().stream().flatMap(line -> line.sold().taxes().stream()),
                            bought.shipping().stream().map(ShippingLine::taxes).flatMap(List::stream))
                    .forEach(tax -> kept.merge(tax.title(), tax.amount(), Money::plus));
            refunds.stream()
                    .flatMap(refund -> refund.taxes().stream())
                    .forEach(tax -> kept.merge(tax.title(), tax.amount().negated(), Money::plus));
            return kept;
        }

        private Stream<RefundEntry> entries() {
            return refunds.stream().flatMap(refund -> refund.entries().stream());
        }

        private Money sum(Stream<Money> amounts) {
            return Money.sum(bought.currency(), amounts.toList());
        }

        private Order order() {
            List<OrderLine> lines =
                    bought.lines().stream().map(Purchase.Line::sold).toList();
            OrderKey key = new OrderKey(SampleAccounts.SHOP, "1");
            return new Order(
                    key,
                    "#1",
                    bought.channel(),
                    bought.placedAt(),
                    bought.placedAt(),
                    bought.currency(),
                    bought.presentmentCurrency(),
                    bought.taxesIncluded(),
                    lines,
                    bought.shipping(),
                    bought.tip(),
                    bought.duties(),
                    bought.rounding(),
                    SamplePurchases.captured(bought),
                    bought.payments().stream().map(Payment::tender).toList(),
                    List.of(new Delivery(
                            DeliveryMethod.SHIPPING,
                            Optional.empty(),
                            Optional.empty(),
                            lines.stream()
                                    .map(line -> new LineQuantity(line.id(), line.sku(), line.quantity()))
                                    .toList())),
                    Optional.empty(),
                    CustomerRef.of(bought.order()),
                    List.of(),
                    Optional.empty());
        }
    }
}
