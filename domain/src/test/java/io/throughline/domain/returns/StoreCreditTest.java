package io.throughline.domain.returns;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.order.Tender;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** To what the money of a return goes: two tees and a cap, 98.74 USD, of which 30.00 were paid with store credit. */
class StoreCreditTest {
    private static final Instant HANDED_OVER_AT = SamplePurchases.HANDED_OVER_AT;

    private final Order order = SampleOrders.twoLines("6500000000078")
            .tender("T1", Tender.Kind.SALE, Tender.Status.SUCCESS, "store_credit", "30.00", Optional.empty())
            .tender("T2", Tender.Kind.SALE, Tender.Status.SUCCESS, "shopify_payments", "68.74", Optional.empty())
            .build();
    private final Purchase purchase = SamplePurchases.handedOver(order);
    private final ReturnPolicyBuilder policy = new ReturnPolicyBuilder();

    @Test
    void goesBackToTheTendersThatPaidByItself() {
        policy.storeCredit();

        ReturnPreview preview = preview(3, RefundTo.ORIGINAL, tee(ReturnReason.UNWANTED));

        assertThat(preview.allowsAll()).isTrue();
        assertThat(preview.refundTo()).isEqualTo(RefundTo.ORIGINAL);
        assertThat(preview.refund().tenders())
                .extracting(Refund.ToTender::payment)
                .containsExactly("T1", "T2");
    }

    @Test
    void isCreditForWhoeverChoosesItWhereThatIsOffered() {
        policy.storeCredit();

        ReturnPreview preview = preview(3, RefundTo.STORE_CREDIT, tee(ReturnReason.UNWANTED));

        assertThat(preview.allowsAll()).isTrue();
        assertThat(preview.refundToRule()).isEmpty();
        assertThat(preview.refund().tenders()).singleElement().satisfies(part -> {
            assertThat(part.isStoreCredit()).isTrue();
            assertThat(part.gateway()).isEqualTo("shopify_store_credit");
            assertThat(part.amount().shop()).hasToString("24.42 USD");
        });
    }

    @Test
    void isNoCreditWhereThatIsNotOffered() {
        ReturnPreview preview = preview(3, RefundTo.STORE_CREDIT, tee(ReturnReason.UNWANTED));

        assertThat(preview.objection().orElseThrow()).contains("storeCredit.byChoice");
    }

    @Test
    void isNothingButCreditByRuleOnceTheTimeHasCome() {
        policy.storeCredit(false, lateTees());

        assertThat(preview(14, RefundTo.ORIGINAL, tee(ReturnReason.UNWANTED)).refundTo())
                .isEqualTo(RefundTo.ORIGINAL);
        ReturnPreview late = preview(15, RefundTo.ORIGINAL, tee(ReturnReason.UNWANTED));

        assertThat(late.allowsAll()).isTrue();
        assertThat(late.refundTo()).isEqualTo(RefundTo.STORE_CREDIT);
        assertThat(late.refundToRule()).contains("storeCredit.only.late-tees");
    }

    @Test
    void isNeverForcedUponWhoReturnsForAFaultOfOurs() {
        policy.storeCredit(false, lateTees());

        assertThat(preview(15, RefundTo.ORIGINAL, tee(ReturnReason.DEFECTIVE)).refundTo())
                .isEqualTo(RefundTo.ORIGINAL);
    }

    /** Whoever is owed money for the cap need not take credit for it. */
    @Test
    void isAskedForByItselfWhereOnlyAPartIsNothingButCredit() {
        policy.storeCredit(true, lateTees());
        ReturnRequest.Line cap = new ReturnRequest.Line("L2", 1, ReturnReason.UNWANTED, Optional.empty());

        ReturnPreview preview = preview(15, RefundTo.ORIGINAL, tee(ReturnReason.UNWANTED), cap);

        assertThat(preview.objection().orElseThrow()).contains("line L1", "storeCredit.only.late-tees", "STORE_CREDIT");
        assertThat(preview(15, RefundTo.STORE_CREDIT, tee(ReturnReason.UNWANTED), cap)
                        .objection())
                .isEmpty();
    }

    /** It goes back to none of the payments, and leaves less of them all the same. */
    @Test
    void leavesLessOfWhatWasPaid() {
        policy.storeCredit();
        ReturnRequest all = request(
                RefundTo.STORE_CREDIT, new ReturnRequest.Line("L1", 2, ReturnReason.UNWANTED, Optional.empty()));
        Refund credit = new RefundCalculation(purchase, policy.build()).of(all);

        Purchase rest = SamplePurchases.after(purchase, all, credit);

        assertThat(rest.left().plus(credit.total().shop())).isEqualTo(purchase.left());
        assertThat(rest.payments())
                .extracting(payment -> payment.left().toString())
                .containsExactly("0.00 USD", "49.91 USD");
    }

    private static ReturnPolicy.CreditOnly lateTees() {
        return new ReturnPolicy.CreditOnly(
                "late-tees", new ReturnPolicy.Goods(Set.of(), Set.of(SampleOrders.TEE)), Duration.ofDays(14));
    }

    private static ReturnRequest.Line tee(ReturnReason reason) {
        return new ReturnRequest.Line("L1", 1, reason, Optional.empty());
    }

    private ReturnRequest request(RefundTo refundTo, ReturnRequest.Line... lines) {
        return new ReturnRequest(
                order.id(), new ReturnCause.ByChoice(), new ReturnedTo.ByMail(), refundTo, List.of(lines));
    }

    /** So many days, and a second, after everything has left. */
    private ReturnPreview preview(int days, RefundTo refundTo, ReturnRequest.Line... lines) {
        Instant now = HANDED_OVER_AT.plus(Duration.ofDays(days)).plusSeconds(days > 14 ? 0 : -1);
        return new ReturnPreviews(new OneCustomer(), new OnePolicy(policy.build()), Clock.fixed(now, ZoneOffset.UTC))
                .of(purchase, request(refundTo, lines));
    }

    private static final class OneCustomer implements Purchases {
        @Override
        public Optional<Purchase> find(OrderId order) {
            return Optional.empty();
        }

        @Override
        public int othersRefunded(OrderId order, Instant since) {
            return 0;
        }

        @Override
        public int granted(OrderId order, ReturnCause.Kind kind, Instant since) {
            return 0;
        }
    }
}
