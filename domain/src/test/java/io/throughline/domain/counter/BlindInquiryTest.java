package io.throughline.domain.counter;

import static io.throughline.domain.returns.SampleBlindRules.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.counter.BlindHistory.Earlier;
import io.throughline.domain.counter.BlindHistory.Known;
import io.throughline.domain.counter.BlindHistory.Unit;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.money.Money;
import io.throughline.domain.returns.BlindLimits;
import io.throughline.domain.returns.BlindLimits.Allowance;
import io.throughline.domain.returns.BlindRules;
import io.throughline.domain.returns.ConditionGrade;
import io.throughline.domain.returns.FraudRules;
import io.throughline.domain.returns.FraudScore;
import io.throughline.domain.returns.OnePolicy;
import io.throughline.domain.returns.RefundTo;
import io.throughline.domain.returns.ReturnPolicy;
import io.throughline.domain.returns.ReturnPolicyBuilder;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.SampleBlindRules;
import io.throughline.domain.sale.StoreSale;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goods are worth of which nobody knows the sale, and when they are not taken. */
class BlindInquiryTest {
    private static final Instant NOW = Instant.parse("2026-11-27T15:00:00Z");
    private static final Sku MUG = Sku.of("MUG");
    private static final Sku BAG = Sku.of("BAG");
    private static final Sku SOCK = Sku.of("SOCK");
    private static final CustomerToken SOMEBODY = new CustomerToken("card-000417-hash");

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);

    @Test
    void isWorthAPartOfTheLowestPriceByItsConditionAndHasNoTax() {
        BlindPreview preview = answer(everyday(), line(MUG, 2, ReturnPolicyBuilder.OPENED));

        assertThat(preview.allowed()).isTrue();
        assertThat(preview.refund().total().shop()).isEqualTo(usd("25.92"));
        assertThat(preview.refund().taxes()).isEmpty();
        assertThat(preview.parts()).singleElement().satisfies(part -> {
            assertThat(part.payment()).isEqualTo("store-credit");
            assertThat(part.gateway()).isEqualTo("gift_card");
            assertThat(part.way()).isEqualTo(CounterReturn.Way.SYSTEM);
        });
        assertThat(preview.refund().entries())
                .extracting(entry -> entry.words())
                .hasSize(2);
        assertThat(preview.refund().entries().getLast().words()).contains("80 %", "90 %", "OPENED");
    }

    @Test
    void whatIsNotTakenNamesItsRule() {
        assertThat(rules(answer(everyday(), line(BAG, 1, ReturnPolicyBuilder.NEW))))
                .containsExactly("blind.values.never");
        assertThat(rules(answer(everyday(), line(SOCK, 1, ReturnPolicyBuilder.NEW))))
                .containsExactly("notReturnable.socks");
        assertThat(rules(answer(everyday(), line(MUG, 1, new ConditionGrade("BURNT")))))
                .containsExactly("blind.dispositions");
        assertThat(rules(answer(everyday(), line(MUG, 1, ReturnPolicyBuilder.UNSALEABLE))))
                .containsExactly("blind.values.everything");
        assertThat(rules(answer(everyday(), line(Sku.of("UNPRICED"), 1, ReturnPolicyBuilder.NEW))))
                .containsExactly("blind.lowestOfDays");
        assertThat(rules(answer(everyday(), line(MUG, 11, ReturnPolicyBuilder.NEW))))
                .containsExactly("blind.limits.units");
    }

    @Test
    void aPolicyThatSaysNothingOfItTakesNothing() {
        assertThat(previews(new ReturnPolicyBuilder().build()).of(request(line(MUG, 1, ReturnPolicyBuilder.NEW))))
                .isEmpty();
    }

    @Test
    void thisVeryUnitComesBackOnce() {
        SerialNumber serial = new SerialNumber("SN-1");
        BlindRequest.Line line =
                new BlindRequest.Line(MUG, 1, ReturnReason.UNWANTED, ReturnPolicyBuilder.NEW, Optional.of(serial));
        CounterReturnId before = CounterReturnId.of("tests", "before");
        BlindInquiry inquiry = inquiry(everyday(), request(line));

        assertThat(inquiry.question().units()).containsExactly(new Unit(MUG, serial));
        assertThat(rules(inquiry.answer(
                        new BlindHistory(List.of(), List.of(), goods(), Map.of(new Unit(MUG, serial), before)))))
                .containsExactly("serial");
        assertThat(rules(answer(everyday(), line, line))).containsExactly("serial");
    }

    @Test
    void aSecondPersonLooksAboveTheLimitAndAboveTheScore() {
        BlindPreview much = answer(everyday(), line(MUG, 5, ReturnPolicyBuilder.NEW));
        assertThat(much.refund().total().shop()).isEqualTo(usd("72.00"));
        assertThat(much.needsSecondPerson()).isFalse();
        assertThat(answer(everyday(), line(MUG, 6, ReturnPolicyBuilder.NEW))
                        .origin()
                        .secondPerson())
                .singleElement()
                .asString()
                .contains("86.40", "75.00");

        BlindPreview suspicious = inquiry(everyday(), request(line(MUG, 1, ReturnPolicyBuilder.OPENED)))
                .answer(history(earlier(2, Duration.ofDays(1))));
        assertThat(suspicious.origin().score().points()).isEqualTo(40 + 15 + 10);
        assertThat(suspicious.byScore()).isEqualTo(FraudRules.Verdict.SECOND_PERSON);
        assertThat(suspicious.needsSecondPerson()).isTrue();
        assertThat(suspicious.origin().score().words())
                .isEqualTo("65: came-before 40 (2 of this customer in 90 days), came-lately 15 (the last one is at most"
                        + " 7 days ago), opened 10 (grade OPENED)");
    }

    @Test
    void aHighScoreIsRefused() {
        BlindPreview refused = inquiry(lax(), request(line(MUG, 1, ReturnPolicyBuilder.OPENED)))
                .answer(history(earlier(7, Duration.ofDays(1))));

        assertThat(refused.origin().score().points()).isEqualTo(60 + 15 + 10);
        assertThat(rules(refused)).containsExactly("blind.fraud.refuseFrom");
    }

    @Test
    void theDayOfAStoreIsItsOwn() {
        BlindHistory.Question question = inquiry(everyday(), request(line(MUG, 1, ReturnPolicyBuilder.NEW)))
                .question();

        assertThat(question.pricesSince()).isEqualTo(NOW.minus(Duration.ofDays(90)));
        assertThat(question.customerSince()).isEqualTo(NOW.minus(Duration.ofDays(90)));
        assertThat(question.storeSince()).isEqualTo(NOW.minus(Duration.ofDays(1)));
    }

    /** Whatever was taken before, what is allowed keeps each limit together with it, and what is refused would break one. */
    @RepeatedTest(200)
    void limitsAreKeptAndNotMissed() {
        BlindLimits limits = new BlindLimits(
                random.nextInt(1, 6),
                someDollars(),
                usd("10000.00"),
                new Allowance(random.nextInt(1, 4), someDollars()),
                Duration.ofDays(random.nextInt(1, 100)),
                new Allowance(random.nextInt(1, 6), someDollars()));
        List<Earlier> ofCustomer = someEarlier();
        List<Earlier> atStore = someEarlier();
        int units = random.nextInt(1, 8);
        BlindPreview preview = inquiry(
                        SampleBlindRules.with(limits, SampleBlindRules.unsuspecting()),
                        request(line(MUG, units, ReturnPolicyBuilder.NEW)))
                .answer(new BlindHistory(ofCustomer, atStore, goods(), Map.of()));

        Instant midnight = Instant.parse("2026-11-27T05:00:00Z");
        Money value = usd("14.40").times(units);
        boolean kept = units <= limits.units()
                && value.compareTo(limits.upTo()) <= 0
                && keeps(limits.perCustomer(), value, ofCustomer, NOW.minus(limits.customerWithin()))
                && keeps(limits.perStoreDay(), value, atStore, midnight);
        assertThat(preview.allowed()).as("seed %d: %s", seed, preview).isEqualTo(kept);
        assertThat(preview.refund().total().shop()).as("seed %d", seed).isEqualTo(value);
    }

    private Money someDollars() {
        return Money.ofMinor(random.nextLong(1_000, 20_000), SampleBlindRules.USD);
    }

    /** The score is the sum of its reasons, never falls when more was taken before, and what is booked comes to what is given. */
    @RepeatedTest(200)
    void theScoreIsTheSumOfItsReasonsAndGrowsWithWhatCameBefore() {
        List<Earlier> before = someEarlier();
        List<Earlier> more = new ArrayList<>(before);
        more.add(new Earlier(
                CounterReturnId.of("tests", "one more"),
                NOW.minus(Duration.ofHours(random.nextInt(1, 3000))),
                usd("1.00")));
        BlindRequest request = request(line(
                MUG,
                random.nextInt(1, 9),
                random.nextBoolean() ? ReturnPolicyBuilder.NEW : ReturnPolicyBuilder.OPENED));
        BlindPreview one = inquiry(lax(), request).answer(history(before));
        BlindPreview other = inquiry(lax(), request).answer(history(more));

        FraudScore score = one.origin().score();
        assertThat(score.points())
                .as("seed %d", seed)
                .isEqualTo(score.reasons().stream()
                        .mapToInt(FraudScore.Reason::points)
                        .sum())
                .isLessThanOrEqualTo(other.origin().score().points());
        assertThat(other.byScore()).as("seed %d", seed).isGreaterThanOrEqualTo(one.byScore());
        StoreSale booked = new CounterBooking(taken(one), false).sale(1);
        assertThat(booked.total().negated())
                .as("seed %d", seed)
                .isEqualTo(one.refund().total().shop());
        assertThat(booked.lines()).allSatisfy(line -> assertThat(line.taxes()).isEmpty());
        assertThat(booked.tenders())
                .containsExactly(new StoreSale.Tender(
                        "gift_card", one.refund().total().shop().negated()));
    }

    @Test
    void whatIsToBeMadeGoodIsKeptBackBeforeItIsOnHand() {
        BlindPreview preview =
                answer(everyday(), line(MUG, 1, ReturnPolicyBuilder.NEW), line(MUG, 2, ReturnPolicyBuilder.OPENED));

        assertThat(new CounterBooking(taken(preview), false).movements())
                .extracting(movement -> movement.measure() + " " + movement.quantity())
                .containsExactly(Measure.ON_HAND + " 1", Measure.HELD + " 2", Measure.ON_HAND + " 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann@example.com", "+1 555 0100", "15550100200", "short", "with space here", ""})
    void aTokenIsNothingThatReachesSomebody(String text) {
        assertThatThrownBy(() -> new CustomerToken(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static boolean keeps(Allowance allowance, Money value, List<Earlier> earlier, Instant since) {
        List<Money> counted = earlier.stream()
                .filter(one -> !one.at().isBefore(since))
                .map(Earlier::value)
                .toList();
        return counted.size() < allowance.times()
                && Money.sum(SampleBlindRules.USD, counted).plus(value).compareTo(allowance.upTo()) <= 0;
    }

    private List<Earlier> someEarlier() {
        List<Earlier> earlier = new ArrayList<>();
        int count = random.nextInt(0, 5);
        for (int i = 0; i < count; i++) {
            earlier.add(new Earlier(
                    CounterReturnId.of("tests", "earlier " + i),
                    NOW.minus(Duration.ofHours(random.nextInt(0, 100 * 24))),
                    Money.ofMinor(random.nextLong(1, 9_000), SampleBlindRules.USD)));
        }
        return earlier;
    }

    private static List<Earlier> earlier(int times, Duration ago) {
        List<Earlier> earlier = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            earlier.add(new Earlier(CounterReturnId.of("tests", "earlier " + i), NOW.minus(ago), usd("5.00")));
        }
        return earlier;
    }

    private static BlindHistory history(List<Earlier> ofCustomer) {
        return new BlindHistory(ofCustomer, List.of(), goods(), Map.of());
    }

    private static Map<Sku, Known> goods() {
        return Map.of(
                MUG, new Known("Camp mug", Optional.of(usd("18.00"))),
                BAG, new Known("Weekend bag", Optional.of(usd("95.00"))),
                SOCK, new Known("Trail socks", Optional.of(usd("33.00"))));
    }

    private static BlindRules everyday() {
        return SampleBlindRules.everyday(BAG);
    }

    /** Only the score speaks against it. */
    private static BlindRules lax() {
        Allowance any = new Allowance(1_000, usd("100000.00"));
        return SampleBlindRules.with(
                new BlindLimits(100, usd("10000.00"), usd("10000.00"), any, Duration.ofDays(90), any),
                everyday().fraud());
    }

    private static BlindRequest.Line line(Sku sku, int quantity, ConditionGrade grade) {
        return new BlindRequest.Line(sku, quantity, ReturnReason.UNWANTED, grade, Optional.empty());
    }

    private static BlindRequest request(BlindRequest.Line... lines) {
        return new BlindRequest(SampleFacilities.ST_HARBOR, SOMEBODY, List.of(lines));
    }

    private static BlindPreview answer(BlindRules rules, BlindRequest.Line... lines) {
        return inquiry(rules, request(lines)).answer(history(List.of()));
    }

    private static BlindInquiry inquiry(BlindRules rules, BlindRequest request) {
        return previews(new ReturnPolicyBuilder()
                        .notReturnable("socks", SOCK)
                        .blind(rules)
                        .build())
                .of(request)
                .orElseThrow();
    }

    private static BlindPreviews previews(ReturnPolicy policy) {
        return new BlindPreviews(new OnePolicy(policy), new SampleFacilities(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static List<String> rules(BlindPreview preview) {
        return preview.objections().stream().map(BlindPreview.Objection::rule).toList();
    }

    private static CounterReturn taken(BlindPreview preview) {
        return new CounterReturn(
                CounterReturnId.of("tests", "blind"),
                preview.origin(),
                SampleFacilities.ST_HARBOR,
                preview.policyVersion(),
                RefundTo.STORE_CREDIT,
                "tests",
                NOW,
                preview.lines(),
                preview.refund(),
                preview.needsSecondPerson(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                preview.parts(),
                Optional.empty());
    }
}
