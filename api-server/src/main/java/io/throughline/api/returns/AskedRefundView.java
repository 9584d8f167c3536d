package io.throughline.api.returns;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.returns.ClientRefund;
import io.throughline.domain.returns.ClientRefunds;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Money that whoever has taken it was asked to give back for a return. */
@Schema(name = "AskedRefund")
public record AskedRefundView(
        @Schema(description = "Throughline's own name of it: pay once for each", example = "O-7K2M9Q4XTA-R1/pay_1001")
        String refund,

        @Schema(description = "The order that was paid") String orderId,

        @Schema(
                description =
                        "The client's id of the payment that it goes back to; store-credit: to none, it becomes credit of the customer's")
        String payment,

        String gateway,

        @Schema(description = "In the currency in which the order was handed over")
        String amount,

        String currency,
        ClientRefund.Standing standing,
        Instant askedAt,
        Optional<Instant> toldAt) {

    static Stream<AskedRefundView> of(ClientRefunds.Asked asked) {
        ClientRefund refund = asked.refund();
        return refund.ofClient().stream()
                .map(part -> new AskedRefundView(
                        refund.transaction(part.payment()),
                        asked.order().value(),
                        part.payment(),
                        part.to().gateway(),
                        part.amount().shop().toDecimal().toPlainString(),
                        part.amount().shop().currency().code(),
                        part.standing(),
                        refund.askedAt(),
                        part.toldAt()));
    }

    /** All that was asked for one return. */
    @Schema(name = "AskedRefundList")
    public record AskedRefundList(List<AskedRefundView> refunds) {
        static AskedRefundList of(List<ClientRefunds.Asked> asked) {
            return new AskedRefundList(
                    asked.stream().flatMap(AskedRefundView::of).toList());
        }
    }
}
