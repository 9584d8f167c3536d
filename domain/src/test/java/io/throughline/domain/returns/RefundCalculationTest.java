package io.throughline.domain.returns;

import static io.throughline.domain.order.SampleOrders.CAP;
import static io.throughline.domain.order.SampleOrders.MUG;
import static io.throughline.domain.order.SampleOrders.TEE;
import static io.throughline.domain.returns.ReturnPolicyBuilder.NEW;
import static io.throughline.domain.returns.ReturnPolicyBuilder.OPENED;
import static io.throughline.domain.returns.ReturnPolicyBuilder.UNSALEABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.order.Tender;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class RefundCalculationTest {
    private static final CurrencyCode USD = CurrencyCode.of("USD");

    private final ReturnPolicyBuilder policy = new ReturnPolicyBuilder();

    @Test
    void oneOfTwoUnitsHasItsShareOfPriceDiscountAndEachTax() {
        Refund refund = refund(SampleOrders.twoLinesWithTaxAndDiscount(), unwanted("L1", 1));

        assertThat(steps(refund)).containsExactly("GOODS 24.42");
        assertThat(refund.entries().getFirst()).isInstanceOfSatisfying(RefundEntry.Goods.class, goods -> {
            assertThat(goods.price()).isEqualTo(usd("25.00"));
            assertThat(goods.discount()).isEqualTo(usd("2.50"));
            assertThat(goods.words()).isEqualTo("paid for 1 × NW-TEE-BLK-M, 2.50 USD of discounts taken off");
        });
        assertThat(refund.taxes())
                .extracting(tax -> tax.title() + " " + tax.amount())
                .containsExactly("NY State 0.90 USD", "New York City 1.02 USD");
    }

    @Test
    void theSecondUnitHasTheRest() {
        Purchase bought = SamplePurchases.handedOver(SampleOrders.twoLinesWithTaxAndDiscount());
        ReturnRequest one = inStore(unwanted("L1", 1));
        RefundCalculation first = new RefundCalculation(bought, policy.build());

        Purchase after = SamplePurchases.after(bought, one, first.of(one));
        Refund second = new RefundCalculation(after, policy.build()).of(one);

        assertThat(steps(second)).containsExactly("GOODS 24.41");
    }

    @Test
    void allOfItIsAllThatWasPaid() {
        Refund refund = refund(SampleOrders.twoLinesWithTaxAndDiscount(), unwanted("L1", 2), unwanted("L2", 1));

        assertThat(steps(refund)).containsExactly("GOODS 48.83", "GOODS 43.40", "SHIPPING 6.51");
        assertThat(refund.total().shop()).isEqualTo(usd("98.74"));
    }

    @Test
    void taxThatThePricesIncludeIsNotAddedAgain() {
        Refund refund = refund(SampleOrders.taxesIncluded(), unwanted("L2", 3));

        assertThat(refund.total().shop()).hasToString("72.00 EUR");
        assertThat(refund.taxes()).extracting(tax -> tax.amount().toString()).containsExactly("13.46 EUR");
    }

    @Test
    void currenciesHaveTheirOwnDecimals() {
        assertThat(refund(SampleOrders.yen(), unwanted("L1", 1)).total().shop()).hasToString("3667 JPY");
        assertThat(refund(SampleOrders.dinar(), unwanted("L1", 2)).total().shop())
                .hasToString("6.750 KWD");
    }

    @Test
    void conditionLowersPriceAndTaxes() {
        Refund refund = refund(
                SampleOrders.twoLinesWithTaxAndDiscount(),
                line("L1", 1, ReturnReason.UNWANTED, NEW),
                line("L1", 1, ReturnReason.UNWANTED, OPENED),
                line("L2", 1, ReturnReason.UNWANTED, UNSALEABLE));

        assertThat(steps(refund))
                .containsExactly(
                        "GOODS 24.42",
                        "GOODS 24.41",
                        "CONDITION -2.44",
                        "GOODS 43.40",
                        "CONDITION -43.40",
                        "SHIPPING 6.51");
        assertThat(refund.taxes())
                .extracting(tax -> tax.title() + " " + tax.amount())
                .containsExactly("NY State 1.95 USD", "New York City 2.20 USD");
    }

    @Test
    void feesAreKeptOfWhatWouldBePaid() {
        policy.restocking("everything", 5).restocking("caps", 15, CAP).labelFee(usd("6.95"));
        Refund refund = refund(SampleOrders.twoLinesWithTaxAndDiscount(), byMail(unwanted("L2", 1)));

        assertThat(steps(refund)).containsExactly("GOODS 43.40", "RESTOCKING_FEE -6.51", "LABEL_FEE -6.95");
        assertThat(((RefundEntry.Deduction) refund.entries().get(1)).rule()).isEqualTo("restocking.caps");
        assertThat(refund.total().shop()).isEqualTo(usd("29.94"));
    }

    @Test
    void whatIsCarriedIntoAStoreNeedsNoLabel() {
        policy.labelFee(usd("6.95"));

        assertThat(steps(refund(SampleOrders.twoLinesWithTaxAndDiscount(), unwanted("L2", 1))))
                .containsExactly("GOODS 43.40");
    }

    @Test
    void nothingIsKeptForALabelThatNobodyHasBought() {
        policy.labelFee(usd("6.95"));

        Order order = SampleOrders.twoLinesWithTaxAndDiscount();
        ReturnRequest byOwnLabel =
                new ReturnRequest(order.id(), new ReturnedTo.ByMail(false), List.of(unwanted("L2", 1)));
        assertThat(steps(refund(order, byOwnLabel))).containsExactly("GOODS 43.40");

        policy.mail(labelsFor(Channel.MARKETPLACE));
        assertThat(steps(refund(order, byMail(unwanted("L2", 1)))))
                .as("the policy has none bought for what this channel sells")
                .containsExactly("GOODS 43.40");

        policy.mail(labelsFor(Channel.ONLINE));
        assertThat(steps(refund(order, byMail(unwanted("L2", 1))))).containsExactly("GOODS 43.40", "LABEL_FEE -6.95");
    }

    private static ReturnPolicy.Mail labelsFor(Channel channel) {
        return new ReturnPolicy.Mail(
                SampleFacilities.WH_EAST,
                Set.of(channel),
                List.of(SampleAccounts.CARRIER),
                Optional.empty(),
                true,
                ReturnParcel.Terms.none());
    }

    @Test
    void aFaultOfOursCostsTheCustomerNothing() {
        policy.restocking("everything", 50).labelFee(usd("6.95"));
        Refund refund = refund(
                SampleOrders.twoLinesWithTaxAndDiscount(), byMail(line("L2", 1, ReturnReason.DEFECTIVE, UNSALEABLE)));

        assertThat(steps(refund)).containsExactly("GOODS 43.40");
    }

    @Test
    void nobodyOwesAFee() {
        policy.labelFee(usd("6.95"));
        Refund refund = refund(
                SampleOrders.twoLinesWithTaxAndDiscount(), byMail(line("L2", 1, ReturnReason.UNWANTED, UNSALEABLE)));

        assertThat(refund.total().shop().isZero()).isTrue();
        assertThat(refund.tenders()).isEmpty();
    }

    @Test
    void chargesFollowTheGoodsByTheirRules() {
        policy.charges(ChargeRule.NEVER, ChargeRule.IN_PROPORTION, ChargeRule.WITH_THE_LAST);
        Order order = order().line(TEE, 3, "60.00")
                .line(CAP, 1, "40.00")
                .shipping("8.00")
                .duties("10.01")
                .tip("3.00")
                .rounding("-0.01")
                .paid()
                .build();

        assertThat(steps(refund(order, unwanted("L1", 1)))).containsExactly("GOODS 20.00", "DUTIES 2.00");
        assertThat(steps(refund(order, unwanted("L1", 3), unwanted("L2", 1))))
                .containsExactly("GOODS 60.00", "GOODS 40.00", "DUTIES 10.01", "TIP 3.00", "ROUNDING -0.01");
    }

    @Test
    void severalTendersAreRefundedInProportion() {
        Refund refund = refund(giftCardAndCard(), unwanted("L1", 1));

        assertThat(tenders(refund)).containsExactly(tuple("T1", "10.00 USD"), tuple("T2", "15.00 USD"));
    }

    @Test
    void orInAnOrderOfTheirOwn() {
        policy.refundTo("*", "gift_card");

        assertThat(tenders(refund(giftCardAndCard(), unwanted("L1", 1)))).containsExactly(tuple("T2", "25.00 USD"));
        assertThat(tenders(refund(giftCardAndCard(), unwanted("L1", 2))))
                .containsExactly(tuple("T1", "20.00 USD"), tuple("T2", "30.00 USD"));
    }

    @Test
    void whatWasGivenBackElsewhereIsNotGivenAgain() {
        Order order = order().line(MUG, 2, "50.00")
                .paid()
                .tender("R1", Tender.Kind.REFUND, Tender.Status.SUCCESS, "shopify_payments", "8.00", Optional.of("T1"))
                .tender("R2", Tender.Kind.REFUND, Tender.Status.PENDING, "shopify_payments", "2.00", Optional.empty())
                .tender("R3", Tender.Kind.REFUND, Tender.Status.FAILURE, "shopify_payments", "9.00", Optional.of("T1"))
                .build();

        assertThat(steps(refund(order, unwanted("L1", 1)))).containsExactly("GOODS 25.00");
        assertThat(steps(refund(order, unwanted("L1", 2)))).containsExactly("GOODS 50.00", "LIMIT -10.00");
    }

    @Test
    void whatWasNotTakenIsNotGiven() {
        Refund refund = refund(SampleOrders.authorisedOnly(), unwanted("L2", 1));

        assertThat(steps(refund)).containsExactly("GOODS 43.40", "LIMIT -43.40");
        assertThat(refund.tenders()).isEmpty();
    }

    @Test
    void cashIsPaidInCoins() {
        policy.smallestCoin(usd("0.05"));
        Order order = order().line(MUG, 3, "10.00")
                .tender("T1", Tender.Kind.SALE, Tender.Status.SUCCESS, "cash", "10.00", Optional.empty())
                .build();

        assertThat(steps(refund(order, unwanted("L1", 1)))).containsExactly("GOODS 3.33", "CASH_ROUNDING 0.02");
        assertThat(steps(refund(order, unwanted("L1", 3)))).containsExactly("GOODS 10.00");
    }

    private Refund refund(Order order, ReturnRequest.Line... lines) {
        return refund(order, inStore(lines));
    }

    private Refund refund(Order order, ReturnRequest request) {
        return new RefundCalculation(SamplePurchases.handedOver(order), policy.build()).of(request);
    }

    private static Order giftCardAndCard() {
        return order().line(MUG, 2, "50.00")
                .tender("T1", Tender.Kind.SALE, Tender.Status.SUCCESS, "gift_card", "20.00", Optional.empty())
                .tender("T2", Tender.Kind.SALE, Tender.Status.SUCCESS, "shopify_payments", "30.00", Optional.empty())
                .build();
    }

    private static OrderBuilder order() {
        return new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "1"), "USD")
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty());
    }

    private static ReturnRequest inStore(ReturnRequest.Line... lines) {
        return new ReturnRequest(
                SampleOrders.yen().id(), new ReturnedTo.InStore(new FacilityId("ST-HARBOR")), Arrays.asList(lines));
    }

    private static ReturnRequest byMail(ReturnRequest.Line... lines) {
        return new ReturnRequest(SampleOrders.yen().id(), new ReturnedTo.ByMail(), Arrays.asList(lines));
    }

    private static ReturnRequest.Line unwanted(String lineId, int quantity) {
        return new ReturnRequest.Line(lineId, quantity, ReturnReason.UNWANTED, Optional.empty());
    }

    private static ReturnRequest.Line line(String lineId, int quantity, ReturnReason reason, ConditionGrade grade) {
        return new ReturnRequest.Line(lineId, quantity, reason, Optional.of(grade));
    }

    private static List<String> steps(Refund refund) {
        return refund.entries().stream()
                .map(entry -> kind(entry) + " " + entry.amount().toDecimal().toPlainString())
                .toList();
    }

    private static String kind(RefundEntry entry) {
        return switch (entry) {
            case RefundEntry.Goods goods -> "GOODS";
            case RefundEntry.Charge charge -> charge.kind().name();
            case RefundEntry.Goodwill given -> "GOODWILL";
            case RefundEntry.Deduction deduction -> deduction.cause().name();
        };
    }

    private static List<Tuple> tenders(Refund refund) {
        return refund.tenders().stream()
                .map(tender -> tuple(tender.payment(), tender.amount().shop().toString()))
                .toList();
    }

    private static Money usd(String amount) {
        return Money.of(amount, USD);
    }
}
