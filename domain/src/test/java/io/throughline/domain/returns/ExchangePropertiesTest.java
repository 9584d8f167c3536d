package io.throughline.domain.returns;

import static io.throughline.domain.returns.ReturnPolicyBuilder.NEW;
import static io.throughline.domain.returns.ReturnPolicyBuilder.OPENED;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.finance.CustomerPayment;
import io.throughline.domain.finance.Journal;
import io.throughline.domain.finance.JournalLine;
import io.throughline.domain.finance.LedgerAccount;
import io.throughline.domain.finance.SalesInvoice;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.SampleOrders;
import java.time.LocalDate;
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
 * What holds for any order of which any part comes back in any steps, each of them exchanged for whatever it may pay: what is given back, what is
 * exchanged and what is kept is what was captured, per tender and to the minor unit, and the clearing account of exchanges is even.
 * {@code -Dthroughline.seed=} runs one seed again.
 */
class ExchangePropertiesTest {
    private static final int RUNS = 200;
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 26);
    private static final Order ORDER = SampleOrders.twoLinesWithTaxAndDiscount();

    static LongStream seeds() {
        return Optional.ofNullable(Long.getLong("throughline.seed"))
                .map(LongStream::of)
                .orElseGet(() -> LongStream.of(20261126, 4711, 97, System.nanoTime()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsGivenExchangedAndKeptIsWhatWasCaptured(long seed) {
        System.out.println("ExchangePropertiesTest: seed " + seed);
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            live(random, "seed %d run %d".formatted(seed, run));
        }
    }

    private static void live(Random random, String at) {
        RandomPurchases purchases = new RandomPurchases(random);
        Purchase bought = purchases.next();
        ReturnPolicyBuilder rules = new ReturnPolicyBuilder().restocking("some", random.nextInt(101));
        ReturnPolicy policy = (random.nextBoolean() ? rules.refundTo("store_credit", "*", "gift_card") : rules).build();
        Map<String, Money> left = new HashMap<>();
        bought.payments()
                .forEach(payment ->
                        left.put(payment.tender().id(), payment.captured().shop()));
        Money given = Money.zero(bought.currency());
        Purchase now = bought;
        while (now.lines().stream().anyMatch(line -> line.returnable() > 0)) {
            ReturnRequest request = purchases.request(now, List.of(NEW, OPENED));
            Refund refund = new RefundCalculation(now, policy).of(request);
            Money worth = refund.total().shop();
            Money value = Money.ofMinor(
                    random.nextInt(3) == 0 ? worth.minor() : random.nextLong(worth.minor() + 1), worth.currency());
            Return.Repayment repayment = repayment(refund, value);
            assertParts(repayment, worth, value, at);
            repayment
                    .booked(List.of())
                    .forEach(part -> assertThat(part.amount().shop().isPositive() || value.isZero())
                            .as(at)
                            .isTrue());
            repayment.toGive().forEach(part -> take(left, part.payment(), part.amount()));
            repayment.exchanged().forEach((payment, part) -> take(left, payment, part));
            assertThat(left.values()).as(at).noneMatch(Money::isNegative);
            assertBooks(refund, repayment, value, at);
            given = given.plus(worth);
            now = SamplePurchases.after(now, request, refund);
        }
        assertThat(Money.sum(bought.currency(), List.copyOf(left.values())))
                .as(at)
                .isEqualTo(SamplePurchases.captured(bought).shop().minus(given));
    }

    private static Return.Repayment repayment(Refund refund, Money value) {
        return new Return.Repayment(
                refund,
                false,
                Optional.empty(),
                Optional.empty(),
                false,
                Return.Earlier.none(),
                ExchangedParts.of(refund, value));
    }

    /** In both currencies the parts come to the whole. */
    private static void assertParts(Return.Repayment repayment, Money worth, Money value, String at) {
        assertThat(repayment.inMoney().shop()).as(at).isEqualTo(worth.minus(value));
        MoneyBag nothing = repayment.refund().total().minus(repayment.refund().total());
        MoneyBag money =
                repayment.toGive().stream().map(Refund.ToTender::amount).reduce(nothing, MoneyBag::plus);
        assertThat(money.shop()).as(at).isEqualTo(worth.minus(value));
        assertThat(repayment.exchangedPart().map(part -> part.amount().shop()).orElse(nothing.shop()))
                .as(at)
                .isEqualTo(value);
        assertThat(money.presentment().isNegative()).as(at).isFalse();
        assertThat(repayment.exchanged().values())
                .as(at)
                .noneMatch(part -> part.presentment().isNegative());
    }

    private static void take(Map<String, Money> left, String payment, MoneyBag amount) {
        left.computeIfPresent(payment, (same, before) -> before.minus(amount.shop()));
    }

    /** The credit note is paid out, and what pays the new order out of the clearing account is what the return has put there. */
    private static void assertBooks(Refund refund, Return.Repayment repayment, Money value, String at) {
        TestingReturns returns = new TestingReturns();
        ReturnId id = returns.authorise(
                ORDER,
                new ReturnedTo.ByMail(),
                false,
                new ReturnRequest.Line("L1", 1, ReturnReason.UNWANTED, Optional.of(NEW)));
        ReturnPostings postings = new ReturnPostings(returns.get(id), refund, ORDER);
        SalesInvoice note = postings.creditNote(SampleFacilities.WH_EAST, TODAY);
        List<JournalLine> booked = new ArrayList<>();
        if (!note.lines().isEmpty()) {
            booked.addAll(Journal.ofCreditNote(note).lines());
        }
        postings.payments(repayment.booked(List.of()), TODAY)
                .forEach(payment -> booked.addAll(Journal.of(payment).lines()));
        Map<LedgerAccount, Money> net = Journal.net(booked);
        assertThat(net).as(at).doesNotContainKey(LedgerAccount.of(LedgerAccount.Role.RECEIVABLE));
        if (value.isPositive()) {
            OrderId taken = OrderId.of(ORDER.key());
            booked.addAll(Journal.of(new CustomerPayment(
                            taken + "/payment/exchange",
                            taken,
                            ORDER.key().account(),
                            ORDER.customer(),
                            Exchange.GATEWAY,
                            value,
                            TODAY,
                            Optional.empty()))
                    .lines());
        }
        assertThat(Journal.net(booked)).as(at).doesNotContainKey(LedgerAccount.clearing(Exchange.GATEWAY));
    }
}
