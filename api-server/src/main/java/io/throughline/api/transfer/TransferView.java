package io.throughline.api.transfer;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.transfer.Transfer;
import io.throughline.domain.transfer.TransferStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A transfer as it stands. */
public record TransferView(
        String id,
        String from,
        String to,
        TransferStatus status,
        List<TransferLine> lines,

        @Schema(description = "When it is expected to be there; whoever waits may be promised of it while it is SENT")
        Instant expectedAt,

        @Schema(
                description =
                        "Whether what arrived is what was sent, or the difference is accounted for: by the policy's"
                                + " tolerance, or by somebody's decision in a case")
        boolean settled,

        @Schema(description = "The stock policy by whose rule it goes")
        String policy,

        String rule,
        String requestedBy,
        Instant requestedAt,
        Instant changedAt,

        @Schema(
                description =
                        "The work of an order whose customer collects it at the receiver; absent: for nobody's"
                                + " order. What can't be sent of it is left out, or all of it cancelled, and is looked for elsewhere")
        Optional<String> forWork) {
    /** Units of one SKU; what is sent and received is 0 until the status says so. */
    public record TransferLine(String sku, int requested, int sent, int received) {}

    /** The newest transfers. */
    public record TransferList(List<TransferView> transfers) {}

    static TransferView of(Transfer transfer) {
        return new TransferView(
                transfer.id().value(),
                transfer.from().value(),
                transfer.to().value(),
                transfer.status(),
                transfer.lines().stream()
                        .map(line ->
                                new TransferLine(line.sku().value(), line.requested(), line.sent(), line.received()))
                        .toList(),
                transfer.expectedAt(),
                transfer.settled(),
                transfer.terms().policy(),
                transfer.terms().rule(),
                transfer.requestedBy(),
                transfer.requestedAt(),
                transfer.changedAt(),
                transfer.forWork().map(FulfillmentOrderId::value));
    }
}
