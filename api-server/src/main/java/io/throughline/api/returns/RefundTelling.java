package io.throughline.api.returns;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.api.order.Findings;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.returns.ClientRefunds;
import io.throughline.domain.returns.ReturnId;
import java.util.Optional;

/** What became of money that whoever has taken it was asked to give back. */
@Schema(name = "RefundTelling")
public record RefundTelling(
        @Schema(
                description = "The payment that it goes back to, as it is asked for; store-credit: to none",
                example = "pay_1001")
        String payment,

        Outcome outcome,

        @Schema(
                description = "GIVEN: what it is called where it was paid. FAILED: why, in words without personal data",
                example = "re_3001",
                maxLength = LONGEST_REFERENCE)
        String reference,

        @Schema(
                description =
                        "The order that was paid; if absent, that of the return. Another one where its goods had been taken in exchange")
        Optional<String> orderId) {
    static final int LONGEST_REFERENCE = 100;

    /** GIVEN: the customer has it, or will. FAILED: nothing goes back by this. */
    @Schema(name = "RefundOutcome")
    public enum Outcome {
        GIVEN,
        FAILED
    }

    ClientRefunds.Told read(ReturnId id) {
        Findings findings = new Findings();
        OrderId order = orderId.map(
                        name -> findings.attempt("/orderId", "an order's name", id.order(), () -> new OrderId(name)))
                .orElse(id.order());
        ClientRefunds.Told told = new ClientRefunds.Told(
                order,
                findings.visible("/payment", payment, 100),
                outcome == Outcome.GIVEN,
                findings.visible("/reference", reference, LONGEST_REFERENCE));
        findings.throwIfAny("What became of the refund");
        return told;
    }
}
