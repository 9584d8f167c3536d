package io.throughline.connectors.square;

import com.squareup.square.types.Currency;
import com.squareup.square.types.GetPaymentsRequest;
import com.squareup.square.types.GetRefundsRequest;
import com.squareup.square.types.Order;
import com.squareup.square.types.Payment;
import com.squareup.square.types.PaymentRefund;
import com.squareup.square.types.Refund;
import com.squareup.square.types.RefundPaymentRequest;
import com.squareup.square.types.Tender;
import io.throughline.connectors.square.Merchant.Refusal;
import io.throughline.domain.account.ShortName;
import io.throughline.domain.counter.TillRefunds;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Gives money back at Square, by the payment that took it, and without any goods: Square's count stays as it is. Our name of a refund is its reason, by which it is
 * found again after Square has forgotten the key, and by which the order that Square makes of it is known to be no return at a till.
 */
final class SquareRefunds implements TillRefunds {
    private static final Pattern OURS = Pattern.compile("RC-" + ShortName.FORM + "/[1-9][0-9]{0,3}");

    private final Merchants merchants;
    private final WorkFinder finder;

    SquareRefunds(Merchants merchants, WorkFinder finder) {
        this.merchants = merchants;
        this.finder = finder;
    }

    /** Whether Square has made this order of a refund that we asked for. */
    static boolean isOurs(Order order) {
        List<Refund> refunds = order.getRefunds().orElse(List.of());
        return order.getReturns().isPresent()
                && !refunds.isEmpty()
                && refunds.stream().map(Refund::getReason).allMatch(SquareRefunds::isOurs);
    }

    private static boolean isOurs(String reason) {
        return OURS.matcher(reason).matches();
    }

    @Override
    public Optional<Receipt> findRefund(Claim claim) {
        return refunds(claim)
                .filter(refund ->
                        refund.getReason().filter(claim.reference()::equals).isPresent())
                .findFirst()
                .map(refund -> Receipt.of(refund.getId()));
    }

    @Override
    public List<String> madeElsewhere(Claim claim, Instant since) {
        return refunds(claim)
                .filter(refund -> standing(refund) != Standing.FAILED)
                .filter(refund ->
                        refund.getReason().filter(SquareRefunds::isOurs).isEmpty())
                .filter(refund -> SaleMapper.money(
                                Optional.of(refund.getAmountMoney()),
                                claim.amount().currency())
                        .equals(claim.amount()))
                .filter(refund -> !SaleMapper.instant(refund.getCreatedAt()).isBefore(since))
                .map(PaymentRefund::getId)
                .toList();
    }

    @Override
    public Reply refund(Claim claim, String vendorKey) {
        Optional<String> payment = paymentId(claim);
        if (payment.isEmpty()) {
            return Reply.refused(
                    FailureCode.REFUND_REFUSED, "the sale has no payment " + claim.tender() + " at Square");
        }
        RefundPaymentRequest request = RefundPaymentRequest.builder()
                .idempotencyKey(vendorKey)
                .amountMoney(com.squareup.square.types.Money.builder()
                        .amount(claim.amount().minor())
                        .currency(Currency.valueOf(claim.amount().currency().code()))
                        .build())
                .paymentId(payment.get())
                .reason(claim.reference())
                .build();
        try {
            return merchants
                    .of(claim.sale().account())
                    .change(client -> client.refunds().refundPayment(request))
                    .getRefund()
                    .map(refund -> Reply.done(refund.getId()))
                    .orElseThrow(() -> SystemFailure.outcomeUnknown(
                            FailureCode.REPLY_UNREADABLE, "Square tells of no refund", null));
        } catch (Refusal refusal) {
            if (refusal.keyReused()) {
                throw SystemFailure.outcomeUnknown(FailureCode.OUTCOME_UNKNOWN, refusal.detail(), refusal);
            }
            return Reply.refused(FailureCode.REFUND_REFUSED, refusal.detail());
        }
    }

    @Override
    public Standing standing(Claim claim, String refund) {
        return read(claim, refund).map(SquareRefunds::standing).orElse(Standing.PENDING);
    }

    private static Standing standing(PaymentRefund refund) {
        return switch (refund.getStatus().orElse("PENDING")) {
            case "COMPLETED" -> Standing.THROUGH;
            case "FAILED", "REJECTED" -> Standing.FAILED;
            default -> Standing.PENDING;
        };
    }

    private Stream<PaymentRefund> refunds(Claim claim) {
        return paymentId(claim).flatMap(payment -> payment(claim, payment)).flatMap(Payment::getRefundIds).stream()
                .flatMap(List::stream)
                .flatMap(id -> read(claim, id).stream());
    }

    /** Tenders are counted as the sale is read: those of nothing are none. */
    private Optional<String> paymentId(Claim claim) {
        return finder.get(claim.sale().account(), claim.sale().externalId()).stream()
                .flatMap(order -> order.getTenders().stream().flatMap(List::stream))
                .filter(tender -> !SaleMapper.money(
                                tender.getAmountMoney(), claim.amount().currency())
                        .isZero())
                .skip(claim.tender() - 1L)
                .findFirst()
                .flatMap(Tender::getPaymentId);
    }

    private Optional<Payment> payment(Claim claim, String id) {
        return merchants
                .of(claim.sale().account())
                .mustRead(client -> client.payments()
                        .get(GetPaymentsRequest.builder().paymentId(id).build()))
                .getPayment();
    }

    private Optional<PaymentRefund> read(Claim claim, String id) {
        return merchants
                .of(claim.sale().account())
                .mustRead(client -> client.refunds()
                        .get(GetRefundsRequest.builder().refundId(id).build()))
                .getRefund();
    }
}
