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
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.SampleOrders;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnPostingsTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-24");
    private static final Order ORDER = SampleOrders.twoLinesWithTaxAndDiscount();

    private final TestingReturns returns = new TestingReturns();
    private final ReturnPolicyBuilder policy = new ReturnPolicyBuilder();
    private Refund refund = new Refund(ORDER.currency(), ORDER.currency(), List.of(), List.of());

    @Test
    void eachTaxIsTakenBackByItself() {
        ReturnPostings postings = postings(ORDER, line("L1", 1, NEW));

        SalesInvoice note = postings.creditNote(SampleFacilities.WH_EAST, TODAY);

        assertThat(note.reference()).isEqualTo(ORDER.id() + "-R1/credit-note");
        assertThat(note.total()).hasToString("-24.42 USD");
        assertThat(note.lines()).singleElement().satisfies(line -> {
            assertThat(line.quantity()).isEqualTo(-1);
            assertThat(line.net()).hasToString("-22.50 USD");
            assertThat(line.taxes())
                    .extracting(tax -> tax.title() + " " + tax.amount())
                    .containsExactly("NY State -0.90 USD", "New York City -1.02 USD");
        });
        assertThat(Journal.ofCreditNote(note).kind()).isEqualTo(Journal.Kind.CREDIT_NOTE);
    }

    @Test
    void aConditionLowersRevenueAndTaxAndAFeeIsIncome() {
        policy.labelFee(usd("6.95"));
        ReturnPostings postings = postings(ORDER, line("L2", 1, OPENED));

        SalesInvoice note = postings.creditNote(SampleFacilities.WH_EAST, TODAY);

        // 90 % of 40.00 and of its taxes.
        assertThat(note.lines())
                .extracting(line -> line.kind() + " " + line.quantity() + " " + line.net() + " " + line.tax())
                .containsExactly("GOODS -1 -36.00 USD -3.06 USD", "SHIPPING 1 6.95 USD 0.00 USD");
        assertThat(postings.payments(refund.tenders(), TODAY)).singleElement().satisfies(payment -> {
            assertThat(payment.amount()).hasToString("32.11 USD");
            assertThat(payment.refundOf()).contains(note.reference());
        });
    }

    /** Whatever is returned: what the note owes the payments pay, and every journal balances. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void noteAndPaymentsComeToNothing(long seed) {
        RandomPurchases purchases = new RandomPurchases(new Random(seed));
        policy.restocking("everything", 5).labelFee(usd("6.95"));
        for (int i = 0; i < 20; i++) {
            Purchase purchase = purchases.next();
            ReturnRequest request = purchases.request(purchase, List.of(NEW, OPENED));
            refund = new RefundCalculation(purchase, policy.build()).of(request);
            ReturnId id = returns.authorise(ORDER, new ReturnedTo.ByMail(), false, line("L1", 1, NEW));
            ReturnPostings postings = new ReturnPostings(returns.get(id), refund, ORDER);
            SalesInvoice note = postings.creditNote(SampleFacilities.WH_EAST, TODAY);
            List<JournalLine> booked = new ArrayList<>();
            if (!note.lines().isEmpty()) {
                booked.addAll(Journal.ofCreditNote(note).lines());
            }
            for (CustomerPayment payment : postings.payments(refund.tenders(), TODAY)) {
                booked.addAll(Journal.of(payment).lines());
            }
            Map<LedgerAccount, Money> net = Journal.net(booked);

            assertThat(note.total().negated())
                    .as("seed %s, %s", seed, refund)
                    .isEqualTo(refund.total().shop());
            assertThat(net)
                    .as("seed %s, %s", seed, refund)
                    .doesNotContainKey(LedgerAccount.of(LedgerAccount.Role.RECEIVABLE));
        }
    }

    private ReturnPostings postings(Order order, ReturnRequest.Line... lines) {
        ReturnId id = returns.authorise(order, new ReturnedTo.ByMail(), true, lines);
        Return returned = returns.get(id);
        refund = new RefundCalculation(SamplePurchases.handedOver(order), policy.build()).of(returned.toRefund());
        return new ReturnPostings(returned, refund, order);
    }

    private static ReturnRequest.Line line(String lineId, int quantity, ConditionGrade grade) {
        return new ReturnRequest.Line(lineId, quantity, ReturnReason.UNWANTED, Optional.of(grade));
    }

    private static Money usd(String amount) {
        return Money.of(amount, CurrencyCode.of("USD"));
    }
}
