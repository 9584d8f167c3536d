package io.throughline.domain.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.finance.Journal;
import io.throughline.domain.finance.JournalLine;
import io.throughline.domain.finance.LedgerAccount;
import io.throughline.domain.finance.SalesInvoice;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.SampleOrders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is given back though no customer chooses to return anything: two tees for 48.83, a cap for 43.40, and the delivery for 6.51. */
class ReturnKindsTest {
    private static final Instant IN_TIME = SamplePurchases.HANDED_OVER_AT.plus(Duration.ofDays(1));
    private static final ReturnCause REFUSED = new ReturnCause.ParcelRefused("1Z1");
    private static final ReturnCause LOST = new ReturnCause.ParcelLost("1Z1");

    private final ReturnPolicyBuilder policy = new ReturnPolicyBuilder();
    private final Order order = SampleOrders.twoLinesWithTaxAndDiscount();
    private final OneCustomer customer = new OneCustomer(SamplePurchases.handedOver(order));

    @Test
    void whatIsRefusedIsPaidLessTheDeliveryAndTheWayBack() {
        policy.parcelsKeep(usd("4.95")).labelFee(usd("6.95"));

        ReturnPreview preview = everything(REFUSED, new ReturnedTo.ByCarrier(), ReturnReason.UNWANTED, IN_TIME);

        assertThat(preview.allowsAll()).isTrue();
        assertThat(preview.refund().total().shop()).isEqualTo(usd("87.28"));
        assertThat(preview.goodsDueAt(IN_TIME)).isEqualTo(IN_TIME.plus(Duration.ofDays(30)));
    }

    @Test
    void whatIsLostIsPaidInFullWhateverIsTakenBackAndWhenever() {
        policy.notReturnable("tees", SampleOrders.TEE).restocking("everything", 10);
        Instant late = IN_TIME.plus(Duration.ofDays(300));

        ReturnPreview preview = everything(LOST, new ReturnedTo.Never(), ReturnReason.NEVER_ARRIVED, late);

        assertThat(preview.allowsAll()).isTrue();
        assertThat(preview.refund().total().shop()).isEqualTo(usd("98.74"));
    }

    @Test
    void aParcelHasNoMoreThanHasLeft() {
        assertThat(ask(LOST, new ReturnedTo.Never(), IN_TIME, line("L1", 3, ReturnReason.NEVER_ARRIVED))
                        .allowsAll())
                .isFalse();
    }

    @Test
    void aClaimHasAWindowAPhotoAndALimitOfItsOwn() {
        policy.claims(usd("25.00"), 2).limits(usd("500.00"), usd("500.00"), usd("30.00"));
        ReturnRequest.Line broken = line("L2", 1, ReturnReason.DAMAGED_ON_ARRIVAL);

        assertThat(claim(IN_TIME, List.of(), broken).objection().orElseThrow()).contains("claims.photosAbove");
        assertThat(claim(IN_TIME, List.of("photo-1"), broken).objection()).isEmpty();
        assertThat(claim(IN_TIME, List.of(), line("L2", 1, ReturnReason.NEVER_ARRIVED))
                        .objection())
                .isEmpty();
        assertThat(claim(IN_TIME.plus(Duration.ofDays(30)), List.of("photo-1"), broken)
                        .allowsAll())
                .isFalse();
        customer.granted = 2;
        assertThat(claim(IN_TIME, List.of("photo-1"), broken).objection().orElseThrow())
                .contains("claims.customerLimit");
    }

    @Test
    void goodsThatStayAboveTheLimitNeedASecondPerson() {
        policy.claims(usd("0.00"), 9).limits(usd("500.00"), usd("500.00"), usd("30.00"));

        assertThat(claim(IN_TIME, List.of("photo-1"), line("L1", 1, ReturnReason.DEFECTIVE))
                        .needsSecondPerson())
                .as("24.42")
                .isFalse();
        assertThat(claim(IN_TIME, List.of("photo-1"), line("L2", 1, ReturnReason.DEFECTIVE))
                        .needsSecondPerson())
                .as("43.40")
                .isTrue();
    }

    /** So much of the price and of each of its taxes; no charge of the order comes back, for the goods stay with the customer. */
    @Test
    void aPartOfThePriceIsGivenForWhatStays() {
        policy.claims(usd("500.00"), 9).limits(usd("500.00"), usd("500.00"), usd("30.00"));
        ReturnCause part = new ReturnCause.Claim(List.of(), Optional.of(30));

        ReturnPreview one = ask(part, new ReturnedTo.Never(), IN_TIME, line("L1", 1, ReturnReason.DAMAGED_ON_ARRIVAL));
        assertThat(one.refund().total().shop()).hasToString("7.33 USD");
        assertThat(one.refund().entries())
                .extracting(entry -> entry.amount() + " " + entry.taxes().size())
                .containsExactly("24.42 USD 2", "-17.09 USD 2");
        ReturnPreview all = everything(part, new ReturnedTo.Never(), ReturnReason.DAMAGED_ON_ARRIVAL, IN_TIME);
        assertThat(all.refund().entries())
                .as("goods, and what is kept of them")
                .hasSize(4)
                .noneMatch(RefundEntry.Charge.class::isInstance);
        assertThat(all.needsSecondPerson()).as("27.67 at most 30.00").isFalse();
    }

    @Test
    void aPartIsNeitherNothingNorAllOfIt() {
        for (int percent : List.of(0, 100, -5)) {
            assertThatThrownBy(() -> new ReturnCause.Claim(List.of(), Optional.of(percent)))
                    .hasMessageContaining("1 to 99 percent");
        }
    }

    /** Revenue and taxes are lowered by what is given, as by a discount after the sale. */
    @Test
    void aPartOfThePriceLowersRevenueAndTaxesInTheBooks() {
        TestingReturns returns = new TestingReturns();
        ReturnId id = returns.authorise(
                order,
                new ReturnCause.Claim(List.of(), Optional.of(30)),
                new ReturnedTo.Never(),
                true,
                IN_TIME,
                line("L1", 1, ReturnReason.DAMAGED_ON_ARRIVAL));
        Return returned = returns.get(id);
        Refund refund = new RefundCalculation(customer.purchase, policy.build()).of(returned.toRefund());

        SalesInvoice note = new ReturnPostings(returned, refund, order)
                .creditNote(SampleFacilities.WH_EAST, LocalDate.parse("2026-11-26"));
        assertThat(note.total()).hasToString("-7.33 USD");
        assertThat(note.lines()).singleElement().satisfies(line -> {
            assertThat(line.kind()).isEqualTo(SalesInvoice.Kind.GOODS);
            assertThat(line.net()).hasToString("-6.75 USD");
            assertThat(line.taxes())
                    .extracting(tax -> tax.amount().toString())
                    .containsExactly("-0.27 USD", "-0.31 USD");
        });
    }

    @Test
    void anAppeasementIsGivenWithinItsLimits() {
        policy.appeasements(usd("50.00"), usd("20.00"), 2);

        assertThat(appeasement("20.00").allowsAll()).isTrue();
        assertThat(appeasement("20.00").needsSecondPerson()).isFalse();
        assertThat(appeasement("20.01").needsSecondPerson()).isTrue();
        assertThat(appeasement("50.01").objection().orElseThrow()).contains("appeasements.upTo");
        customer.granted = 2;
        assertThat(appeasement("20.00").objection().orElseThrow()).contains("appeasements.customerLimit");
    }

    @Test
    void anAppeasementInAnotherCurrencyIsRefusedInWords() {
        policy.appeasements(usd("50.00"), usd("20.00"), 2);
        ReturnCause cause = new ReturnCause.Appeasement(Money.of("10.00", CurrencyCode.of("EUR")), ReturnReason.OTHER);

        assertThat(ask(cause, new ReturnedTo.Never(), IN_TIME).objection().orElseThrow())
                .contains("the order is in USD");
    }

    @Test
    void whatCanStillBeCancelledIsNotAppeased() {
        policy.appeasements(usd("50.00"), usd("20.00"), 2);
        customer.purchase = new PurchaseHistory(List.of(order), List.of(), Map.of()).purchase();

        assertThat(appeasement("10.00").objection().orElseThrow()).contains("cancel it instead");
    }

    @Test
    void noMoreIsGivenForPeaceThanIsLeft() {
        policy.appeasements(usd("500.00"), usd("500.00"), 9);
        ReturnRequest allOfIt =
                new ReturnRequest(order.id(), new ReturnedTo.Never(), everyLine(ReturnReason.DEFECTIVE));
        Refund refund = new RefundCalculation(customer.purchase, policy.build()).of(allOfIt);
        customer.purchase = SamplePurchases.after(customer.purchase, allOfIt, refund);

        assertThat(appeasement("0.01").objection().orElseThrow()).contains("0.00 USD is left");
    }

    @Test
    void whatIsGivenForPeaceIsAnAllowanceWithoutTaxInTheBooks() {
        policy.appeasements(usd("50.00"), usd("20.00"), 2);
        TestingReturns returns = new TestingReturns();
        ReturnCause cause = new ReturnCause.Appeasement(usd("10.00"), ReturnReason.ARRIVED_LATE);
        ReturnId id = returns.authorise(order, cause, new ReturnedTo.Never(), true, IN_TIME);
        Return returned = returns.get(id);
        Refund refund = new RefundCalculation(customer.purchase, policy.build()).of(returned.toRefund());

        ReturnPostings postings = new ReturnPostings(returned, refund, order);
        LocalDate today = LocalDate.parse("2026-11-26");
        SalesInvoice note = postings.creditNote(SampleFacilities.WH_EAST, today);
        List<JournalLine> booked = new ArrayList<>(Journal.ofCreditNote(note).lines());
        postings.payments(refund.tenders(), today)
                .forEach(payment -> booked.addAll(Journal.of(payment).lines()));

        assertThat(returned.goods()).isEqualTo(GoodsStatus.NOT_TO_COME);
        assertThat(returned.money()).isEqualTo(MoneyStatus.UNCALCULATED);
        assertThat(note.lines())
                .extracting(line ->
                        line.kind() + " " + line.net() + " " + line.taxes().size())
                .containsExactly("ALLOWANCE -10.00 USD 0");
        assertThat(Journal.net(booked))
                .containsEntry(LedgerAccount.of(LedgerAccount.Role.REVENUE), usd("10.00"))
                .doesNotContainKey(LedgerAccount.of(LedgerAccount.Role.RECEIVABLE));
    }

    /** They were paid as lost: what turns up all the same is for a person. */
    @Test
    void whatNobodyWaitsForComesUnexpected() {
        TestingReturns returns = new TestingReturns();
        ReturnId id = returns.authorise(
                order, LOST, new ReturnedTo.Never(), true, IN_TIME, line("L1", 1, ReturnReason.NEVER_ARRIVED));
        Arrival arrival = new Arrival(SampleFacilities.WH_EAST, List.of(new Arrival.Units("L1", 1)), false);

        assertThat(arrival.sortedFor(returns.get(id)).received()).isEmpty();
        assertThat(arrival.sortedFor(returns.get(id)).unexpected()).hasSize(1);
    }

    private ReturnPreview everything(ReturnCause cause, ReturnedTo to, ReturnReason reason, Instant at) {
        return ask(cause, to, at, everyLine(reason).toArray(ReturnRequest.Line[]::new));
    }

    private static List<ReturnRequest.Line> everyLine(ReturnReason reason) {
        return List.of(line("L1", 2, reason), line("L2", 1, reason));
    }

    private ReturnPreview claim(Instant at, List<String> photos, ReturnRequest.Line... lines) {
        return ask(new ReturnCause.Claim(photos), new ReturnedTo.Never(), at, lines);
    }

    private ReturnPreview appeasement(String amount) {
        return ask(new ReturnCause.Appeasement(usd(amount), ReturnReason.OTHER), new ReturnedTo.Never(), IN_TIME);
    }

    private ReturnPreview ask(ReturnCause cause, ReturnedTo to, Instant at, ReturnRequest.Line... lines) {
        return new ReturnPreviews(customer, new OnePolicy(policy.build()), Clock.fixed(at, ZoneOffset.UTC))
                .of(customer.purchase, new ReturnRequest(order.id(), cause, to, Arrays.asList(lines)));
    }

    private static ReturnRequest.Line line(String lineId, int quantity, ReturnReason reason) {
        return new ReturnRequest.Line(lineId, quantity, reason, Optional.empty());
    }

    private static Money usd(String amount) {
        return Money.of(amount, CurrencyCode.of("USD"));
    }

    /** One order, whose customer was granted something so often before. */
    private static final class OneCustomer implements Purchases {
        private Purchase purchase;
        private int granted;

        OneCustomer(Purchase purchase) {
            this.purchase = purchase;
        }

        @Override
        public Optional<Purchase> find(OrderId order) {
            return Optional.of(purchase);
        }

        @Override
        public int othersRefunded(OrderId order, Instant since) {
            return 0;
        }

        @Override
        public int granted(OrderId order, ReturnCause.Kind kind, Instant since) {
            return granted;
        }
    }
}
