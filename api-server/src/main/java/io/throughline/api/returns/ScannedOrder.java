package io.throughline.api.returns;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.returns.Purchase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What was bought, as far as it may still come back, and what of it is on its way back already. It names nobody. */
@Schema(description = "What was bought, as far as it may still come back. It names nobody")
public record ScannedOrder(
        String orderId, String name, Instant placedAt, List<Line> lines, List<ReturnSummary> returns) {

    /** One line of the order. */
    @Schema(name = "ReturnableLine")
    public record Line(
            String lineId,
            String sku,
            String title,
            int ordered,
            int handedOver,

            @Schema(description = "So many units were handed over, and neither came back nor are to")
            int returnable,

            @Schema(description = "When the last unit left") Optional<Instant> handedOverAt) {
        static Line of(Purchase.Line line) {
            return new Line(
                    line.sold().id(),
                    line.sold().sku().value(),
                    line.sold().title(),
                    line.sold().quantity(),
                    line.handedOver(),
                    line.withoutGoods() ? 0 : line.returnable(),
                    line.handedOverAt());
        }
    }

    static ScannedOrder of(ReturnWork.Scanned scanned) {
        return new ScannedOrder(
                scanned.order().id().value(),
                scanned.order().name(),
                scanned.order().placedAt(),
                scanned.purchase().lines().stream().map(Line::of).toList(),
                scanned.returns().stream().map(ReturnSummary::of).toList());
    }
}
