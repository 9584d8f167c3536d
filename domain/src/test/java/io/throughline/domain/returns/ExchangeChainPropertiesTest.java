package io.throughline.domain.returns;

import static io.throughline.domain.returns.ReturnPolicyBuilder.NEW;
import static io.throughline.domain.returns.ReturnPolicyBuilder.OPENED;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.TaxLine;
import io.throughline.domain.order.Tender;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for any chain of exchanges, even, up and down, of which any part comes back at any place, in any order: over all orders, what was given back and what was kept as
 * a fee is what was captured less what the customer keeps; and of no payment more is given back than it had captured. {@code -Dthroughline.seed=} runs one seed again.
 */
class ExchangeChainPropertiesTest {
    private static final int RUNS = 300;
    private static final Instant PLACED_AT = Instant.parse("2026-11-24T12:00:00Z");

    static LongStream seeds() {
        return Optional.ofNullable(Long.getLong("throughline.seed"))
                .map(LongStream::of)
                .orElseGet(() -> LongStream.of(20261127, 4711, 97, System.nanoTime()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsGivenBackOverAllOrdersIsWhatIsNotKept(long seed) {
        System.out.println("ExchangeChainPropertiesTest: seed " + seed);
        Random random = new Random(seed);
        int chains = 0;
        for (int run = 0; run < RUNS; run++) {
            Settlement settlement = new Settlement(random, "seed %d run %d".formatted(seed, run));
            settlement.live();
            chains += settlement.sales.size() > 2 ? 1 : 0;
        }
        assertThat(chains).as("goods of an exchange were exchanged").isGreaterThan(RUNS / 10);
    }

    /** One purchase of the chain, and by which return's credit it was paid. */
    private static final class Sale {
        private final OrderKey key;
        private final Optional<Credit> paidBy;
        private Purchase now;
        private int returns;

        private Sale(OrderKey key, Optional<Credit> paidBy, Purchase now) {
            this.key = key;
            this.paidBy = paidBy;
            this.now = now;
        }
    }

    /** The return of a sale, of which a part has paid for another. */
    private static final class Credit {
        private final ReturnId id;
        private final Sale of;
        private Return.Repayment repayment;

        private Credit(ReturnId id, Sale of, Return.Repayment repayment) {
            this.id = id;
            this.of = of;
            this.repayment = repayment;
        }

        private void passesOn(ReturnId by, List<Refund.ToTender> parts) {
            List<PassedOn> all = new ArrayList<>(repayment.passedOn());
            parts.forEach(part -> all.add(
                    new PassedOn(id, of.key, by, by.value(), part, Optional.of(PLACED_AT), Optional.of("TX"), false)));
            repayment = new Return.Repayment(
                    repayment.refund(),
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    Return.Earlier.none(),
                    repayment.exchanged(),
                    all);
        }
    }

    /** All orders that hang together. Real money is captured and given back; a credit only carries it on. */
    private static final class Settlement {
        private final Random random;
        private final String at;
        private final RandomPurchases purchases;
        private final ReturnPolicy policy;
        private final List<Sale> sales = new ArrayList<>();
        private final Map<String, MoneyBag> left = new HashMap<>();
        private Money captured;
        private Money given;
        private Money kept;
        private Money fees;

        private Settlement(Random random, String at) {
            this.random = random;
            this.at = at;
            this.purchases = new RandomPurchases(random);
            ReturnPolicyBuilder rules = new ReturnPolicyBuilder().restocking("some", random.nextInt(40));
            this.policy = (random.nextBoolean() ? rules.refundTo("store_credit", "*", "gift_card") : rules).build();
            Purchase first = purchases.next();
            this.captured = Money.zero(first.currency());
            this.given = captured;
            this.kept = captured;
            this.fees = captured;
            sold(new Sale(new OrderKey(AccountId.of("shop"), "1"), Optional.empty(), first));
        }

        private void sold(Sale sale) {
            sales.add(sale);
            sale.now.payments().forEach(payment -> {
                kept = kept.plus(payment.captured().shop());
                if (!payment.gateway().equals(Exchange.GATEWAY)) {
                    captured = captured.plus(payment.captured().shop());
                    left.put(name(sale, payment.tender().id()), payment.captured());
                }
            });
        }

        private static String name(Sale sale, String payment) {
            return sale.key + " " + payment;
        }

        private void live() {
            for (int step = 2 + random.nextInt(8); step > 0; step--) {
                List<Sale> returnable = sales.stream()
                        .filter(sale -> sale.now.lines().stream().anyMatch(line -> line.returnable() > 0))
                        .toList();
                if (!returnable.isEmpty()) {
                    comesBack(returnable.get(random.nextInt(returnable.size())));
                }
            }
            assertThat(given.plus(fees)).as(at).isEqualTo(captured.minus(kept));
            assertThat(left.values()).as(at).noneMatch(bag -> bag.shop().isNegative());
        }

        private void comesBack(Sale sale) {
            ReturnRequest request = purchases.request(sale.now, List.of(NEW, OPENED));
            Refund refund = new RefundCalculation(sale.now, policy).of(request);
            sale.now = SamplePurchases.after(sale.now, request, refund);
            sale.returns++;
            ReturnId id = ReturnId.of(OrderId.of(sale.key), sale.returns);
            Money worth = refund.total().shop();
            Money deducted = Money.sum(
                    worth.currency(),
                    refund.entries().stream()
                            .filter(RefundEntry.Deduction.class::isInstance)
                            .map(RefundEntry::amount)
                            .toList());
            fees = fees.minus(deducted);
            kept = kept.minus(worth.minus(deducted));
            Money value = switch (random.nextInt(3)) {
                case 0 -> Money.zero(worth.currency());
                case 1 -> worth;
                default -> Money.ofMinor(random.nextLong(worth.minor() + 1), worth.currency());
            };
            Return.Repayment repayment = new Return.Repayment(
                    refund,
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    Return.Earlier.none(),
                    ExchangedParts.of(refund, value));
            repayment.toGive().forEach(part -> giveBack(sale, id, part));
            if (value.isPositive()) {
                sold(exchanged(id, new Credit(id, sale, repayment), value));
            }
        }

        /** What goes to a credit goes on to what that was made of. */
        private void giveBack(Sale sale, ReturnId by, Refund.ToTender part) {
            if (!PassedOn.isOfCredit(part)) {
                given = given.plus(part.amount().shop());
                left.computeIfPresent(name(sale, part.payment()), (same, before) -> before.minus(part.amount()));
                return;
            }
            Credit credit = sale.paidBy.orElseThrow();
            List<Refund.ToTender> parts =
                    PassedOn.divide(credit.repayment, part.amount().shop());
            assertThat(Money.sum(
                            given.currency(),
                            parts.stream().map(one -> one.amount().shop()).toList()))
                    .as(at)
                    .isEqualTo(part.amount().shop());
            assertThat(parts).as(at).noneMatch(one -> one.amount().presentment().isNegative());
            credit.passesOn(by, parts);
            parts.forEach(one -> giveBack(credit.of, by, one));
        }

        /** Something that costs just the credit, or more, with a tax or none, of one unit or of several. */
        private Sale exchanged(ReturnId id, Credit credit, Money value) {
            Money more = Money.ofMinor(random.nextBoolean() ? 0 : random.nextInt(5000), value.currency());
            Money total = value.plus(more);
            int units = 1 + random.nextInt(4);
            List<TaxLine> taxes = random.nextBoolean()
                    ? List.of()
                    : List.of(new TaxLine("State", new BigDecimal("0.05"), total.share(0, 5, 105)));
            OrderLine line = new OrderLine(
                    "1", Sku.of("TAKEN"), "Taken", units, total, Money.zero(total.currency()), taxes, true, false);
            List<Payment> payments = new ArrayList<>();
            payments.add(payment(Exchange.GATEWAY, Exchange.GATEWAY, value));
            if (more.isPositive()) {
                payments.add(payment("pay", "external", more));
            }
            OrderKey key = new OrderKey(AccountId.of("rest"), "exchange." + id);
            Money nothing = Money.zero(total.currency());
            Purchase taken = new Purchase(
                    OrderId.of(key),
                    Channel.API,
                    PLACED_AT,
                    total.currency(),
                    total.currency(),
                    true,
                    List.of(new Purchase.Line(line, units, 0, Optional.of(PLACED_AT))),
                    List.of(),
                    nothing,
                    nothing,
                    nothing,
                    payments);
            return new Sale(key, Optional.of(credit), taken);
        }

        private static Payment payment(String id, String gateway, Money amount) {
            return new Payment(
                    new Tender(
                            id,
                            Tender.Kind.SALE,
                            Tender.Status.SUCCESS,
                            gateway,
                            MoneyBag.of(amount),
                            Optional.empty(),
                            false,
                            PLACED_AT),
                    MoneyBag.of(Money.zero(amount.currency())));
        }
    }
}
