package io.throughline.domain.returns;

import static io.throughline.domain.order.OrderBuilder.tax;
import static io.throughline.domain.order.SampleOrders.CAP;
import static io.throughline.domain.order.SampleOrders.TEE;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.finance.Postings;
import io.throughline.domain.finance.SalesInvoice;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.order.Tender;
import io.throughline.domain.payment.PaymentStatus;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What users of other systems complain about in refunds and rounding, each as it would show here. Where it is shown elsewhere: that the ERP hears of each refund
 * (frappe/ecommerce_integrations 223; {@code WholeReturnTest}), and that an order is not taken on whose lines do not come to its total (Vendr 126; {@code WholeOrderTest}).
 */
class RefundComplaintsTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-24");

    private final ReturnPolicyBuilder policy = new ReturnPolicyBuilder();

    /** frappe/ecommerce_integrations 154: of a discounted order 90 was booked, and 88 paid. */
    @Test
    void whatIsCreditedIsWhatWasPaidAndNotThePriceBeforeTheDiscount() {
        Order order = order().discountedLine(TEE, 3, "88.00", "12.00").paid().build();

        assertThat(invoice(order).total()).hasToString("88.00 USD");
        assertThat(note(order, 3).total()).hasToString("-88.00 USD");
    }

    /** frappe/erpnext 41343: ten for 82.50 each less 15 % were 701.30 when they were sold, and 701.20 when they came back. */
    @Test
    void anInvoiceAndItsReturnRoundAlike() {
        Order order = order().discountedLine(TEE, 10, "701.25", "123.75", tax("VAT", "133.24"))
                .paid()
                .build();

        assertThat(note(order, 10).total()).isEqualTo(invoice(order).total().negated());
        assertThat(note(order, 10).lines().getFirst().tax()).hasToString("-133.24 USD");
    }

    /** The same in parts: one, and the other nine. */
    @Test
    void whatComesBackInPartsComesToTheInvoice() {
        Order order = order().discountedLine(TEE, 10, "701.25", "123.75", tax("VAT", "133.24"))
                .paid()
                .build();
        Purchase bought = SamplePurchases.handedOver(order);
        Refund first = new RefundCalculation(bought, policy.build()).of(request(order, line("L1", 1)));
        Purchase rest = SamplePurchases.after(bought, request(order, line("L1", 1)), first);
        Refund second = new RefundCalculation(rest, policy.build()).of(request(order, line("L1", 9)));

        assertThat(first.total().shop().plus(second.total().shop()))
                .isEqualTo(invoice(order).total());
    }

    /** vendurehq/vendure 989: all was given back but the tax of the delivery, and the order was stuck. */
    @Test
    void theTaxOfTheDeliveryGoesBackWithIt() {
        Order order = SampleOrders.twoLinesWithTaxAndDiscount();

        Refund refund = refund(order, line("L1", 2), line("L2", 1));

        assertThat(refund.total().shop()).isEqualTo(order.total().shop());
        assertThat(Money.sum(
                        order.currency(),
                        refund.entries().stream()
                                .filter(RefundEntry.Charge.class::isInstance)
                                .flatMap(entry -> entry.taxes().stream())
                                .map(tax -> tax.amount())
                                .toList()))
                .hasToString("0.51 USD");
    }

    /** Sylius/RefundPlugin 110: only the first of several deliveries was given back, and none of their taxes. */
    @Test
    void eachDeliveryIsGivenBackWithItsOwnTax() {
        Order order = order().line(TEE, 1, "50.00", tax("VAT", "9.50"))
                .line(CAP, 1, "20.00", tax("Reduced", "1.40"))
                .shipping("6.00", tax("VAT", "1.14"))
                .shipping("4.00", tax("Reduced", "0.28"))
                .paid()
                .build();

        Refund refund = refund(order, line("L1", 1), line("L2", 1));

        assertThat(refund.total().shop()).isEqualTo(order.total().shop());
        assertThat(refund.taxes())
                .extracting(tax -> tax.title() + " " + tax.amount())
                .containsExactlyInAnyOrder("VAT 10.64 USD", "Reduced 1.68 USD");
    }

    /** saleor/saleor 14326: what was given back was not to be seen in how far the money of the order is. */
    @Test
    void whatWasGivenBackIsSeenInTheStatusOfThePayment() {
        Order paid = SampleOrders.twoLinesWithTaxAndDiscount();
        assertThat(paid.paymentStatus()).isEqualTo(PaymentStatus.CAPTURED);
        assertThat(givenBack("24.42").paymentStatus()).isEqualTo(PaymentStatus.PARTIALLY_REFUNDED);
        assertThat(givenBack("98.74").paymentStatus()).isEqualTo(PaymentStatus.REFUNDED);
    }

    private static Order givenBack(String amount) {
        return SampleOrders.twoLines("6500000000001")
                .paid()
                .tender("R1", Tender.Kind.REFUND, Tender.Status.SUCCESS, "shopify_payments", amount, Optional.of("T1"))
                .build();
    }

    private static OrderBuilder order() {
        return new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "1"), "USD")
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty());
    }

    private static SalesInvoice invoice(Order order) {
        return new Postings(order)
                .invoice(
                        SamplePurchases.work(order, 1, FulfillmentStatus.SHIPPED, SamplePurchases.everything(order)),
                        List.of(),
                        TODAY);
    }

    /** So many of the first line come back. */
    private SalesInvoice note(Order order, int units) {
        OrderLine line = order.lines().getFirst();
        TestingReturns returns = new TestingReturns();
        ReturnId id = returns.authorise(order, new ReturnedTo.ByMail(), true, line(line.id(), units));
        return new ReturnPostings(returns.get(id), refund(order, line(line.id(), units)), order)
                .creditNote(SampleFacilities.WH_EAST, TODAY);
    }

    private Refund refund(Order order, ReturnRequest.Line... lines) {
        return new RefundCalculation(SamplePurchases.handedOver(order), policy.build()).of(request(order, lines));
    }

    private static ReturnRequest request(Order order, ReturnRequest.Line... lines) {
        return new ReturnRequest(order.id(), new ReturnedTo.ByMail(), List.of(lines));
    }

    private static ReturnRequest.Line line(String lineId, int units) {
        return new ReturnRequest.Line(lineId, units, ReturnReason.UNWANTED, Optional.of(ReturnPolicyBuilder.NEW));
    }
}
