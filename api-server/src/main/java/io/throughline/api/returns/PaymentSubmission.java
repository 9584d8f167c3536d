package io.throughline.api.returns;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.api.order.Amounts;
import io.throughline.api.order.Findings;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.returns.Exchange;
import io.throughline.domain.returns.Refund;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A payment for what is taken in exchange, which was captured elsewhere. */
@Schema(name = "ExchangePayment")
public record PaymentSubmission(
        @Schema(description = "The client's own id of it", example = "pay_1001")
        String id,

        @Schema(example = "external") String gateway,

        @Schema(description = "In the currency of the order", example = "5.58")
        String amount,

        Instant capturedAt) {
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(10);
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    Exchange.Paid read(CurrencyCode currency, Clock clock) {
        Findings findings = new Findings();
        Exchange.Paid paid = new Exchange.Paid(
                findings.visible("/id", id, 100),
                findings.visible("/gateway", gateway, 50),
                new Amounts(currency, findings).positive("/amount", amount),
                capturedAt);
        findings.require(!Refund.OWN_NAMES.contains(id), "/id", "another id: this name is ours");
        findings.require(!gateway.equals(Exchange.GATEWAY), "/gateway", "what has taken the money; this name is ours");
        findings.require(
                !capturedAt.isBefore(EARLIEST)
                        && !capturedAt.isAfter(clock.instant().plus(CLOCK_SKEW)),
                "/capturedAt",
                "an instant since 2000, not in the future");
        findings.throwIfAny("The payment");
        return paid;
    }
}
