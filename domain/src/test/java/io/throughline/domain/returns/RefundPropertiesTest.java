package io.throughline.domain.returns;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.TaxLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for any purchase and any returns that follow each other until all has come back. */
class RefundPropertiesTest {
    private static final int RUNS = 400;

    /** A purchase with the returns of all of it, as they were paid. */
    private record Life(Purchase bought, List<Refund> refunds, Purchase end) {
        Money given() {
            return Money.sum(
                    bought.currency(),
                    refunds.stream().map(refund -> refund.total().shop()).toList());
        }

        Stream<RefundEntry> entries() {
            return refunds.stream().flatMap(refund -> refund.entries().stream());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {20261126, 4711, 97})
    void allThatComesBackIsPaidBackToTheMinorUnit(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            ReturnPolicy policy = new ReturnPolicyBuilder()
                    .charges(given(random), given(random), given(random))
                    .build();
            Life life = live(random, policy, List.of(ReturnPolicyBuilder.NEW));
            String at = "seed %d run %d: %s".formatted(seed, run, life.bought());

            assertThat(life.given())
                    .as(at)
                    .isEqualTo(SamplePurchases.captured(life.bought()).shop());
            assertThat(life.end().payments())
                    .as(at)
                    .allSatisfy(payment -> assertThat(payment.givenBack()).isEqualTo(payment.captured()));
            assertThat(taxes(life.refunds().stream().flatMap(refund -> refund.taxes().stream())))
                    .as(at)
                    .isEqualTo(taxes(Stream.concat(
                            life.bought().lines().stream().flatMap(line -> line.sold().taxes().stream()),
                            life.bought().shipping().stream().flatMap(line -> line.taxes().stream()))));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {20261126, 4711, 97})
    void whatIsGivenAndWhatIsKeptIsWhatWasPaid(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            ReturnPolicy policy = new ReturnPolicyBuilder()
                    .charges(ChargeRule.NEVER, any(random), any(random))
                    .restocking("some", random.nextInt(101))
                    .refundTo("store_credit", "*", "gift_card")
                    .build();
            Life life = live(
                    random,
                    policy,
                    List.of(ReturnPolicyBuilder.NEW, ReturnPolicyBuilder.OPENED, ReturnPolicyBuilder.UNSALEABLE));
            String at = "seed %d run %d: %s".formatted(seed, run, life.bought());

            Money goodsAndCharges = Money.sum(
                    life.bought().currency(),
                    life.entries()
                            .filter(entry -> !(entry instanceof RefundEntry.Deduction))
                            .map(RefundEntry::amount)
                            .toList());
            Money kept = Money.sum(
                    life.bought().currency(),
                    life.entries()
                            .filter(RefundEntry.Deduction.class::isInstance)
                            .map(RefundEntry::amount)
                            .toList());
            assertThat(life.given()).as(at).isEqualTo(goodsAndCharges.plus(kept));
            assertThat(goodsAndCharges.plus(chargesKept(life.bought(), policy)))
                    .as(at)
                    .isEqualTo(SamplePurchases.captured(life.bought()).shop());
        }
    }

    /** Whatever part of it becomes store credit, and in whatever sequence, credit and money come to what was paid. */
    @ParameterizedTest
    @ValueSource(longs = {20261126, 4711, 97})
    void creditAndMoneyComeToWhatWasPaidLessWhatIsKept(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            ReturnPolicy policy = new ReturnPolicyBuilder()
                    .charges(given(random), given(random), given(random))
                    .restocking("some", random.nextInt(101))
                    .refundTo("store_credit", "*", "gift_card")
                    .storeCredit()
                    .build();
            RandomPurchases purchases = new RandomPurchases(random);
            Life life = live(
                    purchases,
                    purchases.next(),
                    policy,
                    List.of(ReturnPolicyBuilder.NEW, ReturnPolicyBuilder.OPENED),
                    () -> oneOf(random, RefundTo.values()));
            String at = "seed %d run %d: %s".formatted(seed, run, life.bought());

            Money kept = Money.sum(
                    life.bought().currency(),
                    life.entries()
                            .filter(RefundEntry.Deduction.class::isInstance)
                            .map(RefundEntry::amount)
                            .toList());
            MoneyBag captured = SamplePurchases.captured(life.bought());
            assertThat(life.given()).as(at).isEqualTo(captured.shop().plus(kept));
            assertThat(life.end().left()).as(at).isEqualTo(captured.shop().minus(life.given()));
            if (kept.isZero()) {
                assertThat(life.refunds().stream()
                                .map(refund -> refund.total().presentment())
                                .reduce(Money::plus))
                        .as(at)
                        .contains(captured.presentment());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {20261126, 4711, 97})
    void coinsNeverGiveMoreThanWasTaken(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            RandomPurchases purchases = new RandomPurchases(random);
            Purchase bought = purchases.next();
            long coin = 1L + random.nextInt(20);
            ReturnPolicy policy = new ReturnPolicyBuilder()
                    .smallestCoin(Money.ofMinor(coin, bought.currency()))
                    .build();
            Life life = live(purchases, bought, policy, List.of(ReturnPolicyBuilder.NEW));
            String at = "seed %d run %d: %s".formatted(seed, run, life.bought());

            Money captured = SamplePurchases.captured(bought).shop();
            assertThat(life.given()).as(at).isLessThanOrEqualTo(captured);
            if (bought.presentmentCurrency().equals(bought.currency())) {
                assertThat(life.refunds().stream()
                                .flatMap(refund -> refund.tenders().stream())
                                .filter(tender -> tender.gateway().equals("cash")))
                        .as(at)
                        .allSatisfy(tender -> assertThat(tender.amount().shop().minor() % coin)
                                .isZero());
            }
        }
    }

    private static Life live(Random random, ReturnPolicy policy, List<ConditionGrade> grades) {
        RandomPurchases purchases = new RandomPurchases(random);
        return live(purchases, purchases.next(), policy, grades);
    }

    /** Each step is looked at on its own, too: it adds up, and takes from nobody more than is left. */
    private static Life live(
            RandomPurchases purchases, Purchase bought, ReturnPolicy policy, List<ConditionGrade> grades) {
        return live(purchases, bought, policy, grades, () -> RefundTo.ORIGINAL);
    }

    private static Life live(
            RandomPurchases purchases,
            Purchase bought,
            ReturnPolicy policy,
            List<ConditionGrade> grades,
            Supplier<RefundTo> refundTo) {
        List<Refund> refunds = new ArrayList<>();
        Purchase now = bought;
        while (now.lines().stream().anyMatch(line -> line.returnable() > 0)) {
            ReturnRequest request = purchases.request(now, grades, refundTo.get());
            Refund refund = new RefundCalculation(now, policy).of(request);
            assertThat(refund.total().shop()).isEqualTo(Refund.sum(now.currency(), refund.entries()));
            assertThat(refund.total().shop().isNegative()).isFalse();
            now = SamplePurchases.after(now, request, refund);
            assertThat(now.payments()).allSatisfy(payment -> {
                assertThat(payment.givenBack().shop())
                        .isLessThanOrEqualTo(payment.captured().shop());
                assertThat(payment.givenBack().presentment())
                        .isLessThanOrEqualTo(payment.captured().presentment());
            });
            refunds.add(refund);
        }
        return new Life(bought, refunds, now);
    }

    private static Money chargesKept(Purchase bought, ReturnPolicy policy) {
        Money kept = Money.sum(
                bought.currency(),
                bought.shipping().stream()
                        .map(line -> bought.taxesIncluded()
                                ? line.total()
                                : line.total().plus(line.tax()))
                        .toList());
        Money duties = policy.charges().duties() == ChargeRule.NEVER ? bought.duties() : Money.zero(bought.currency());
        Money tip = policy.charges().tip() == ChargeRule.NEVER ? bought.tip() : Money.zero(bought.currency());
        return kept.plus(duties).plus(tip);
    }

    private static Map<String, Money> taxes(Stream<TaxLine> lines) {
        Map<String, Money> sums = new TreeMap<>();
        lines.filter(tax -> !tax.amount().isZero()).forEach(tax -> sums.merge(tax.title(), tax.amount(), Money::plus));
        return sums;
    }

    private static ChargeRule any(Random random) {
        return oneOf(random, ChargeRule.values());
    }

    private static ChargeRule given(Random random) {
        return oneOf(random, ChargeRule.IN_PROPORTION, ChargeRule.WITH_THE_LAST);
    }

    @SafeVarargs
    private static <T> T oneOf(Random random, T... some) {
        return some[random.nextInt(some.length)];
    }
}
