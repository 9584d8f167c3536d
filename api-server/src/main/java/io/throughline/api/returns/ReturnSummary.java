package io.throughline.api.returns;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.returns.CustomerStatus;
import io.throughline.domain.returns.GoodsStatus;
import io.throughline.domain.returns.MoneyStatus;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnCause;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where a return stands. */
@Schema(name = "ReturnSummary")
public record ReturnSummary(
        @Schema(description = "What is written on the parcel", example = "O-7K2M9Q4XTA-R1")
        String returnId,

        String orderId,
        @Schema(description = "The process, in Temporal") String workflowId,
        ReturnCause.Kind kind,
        GoodsStatus goods,
        MoneyStatus money,

        @Schema(description = "Both in one word, to be shown to whoever brings something back")
        CustomerStatus customerStatus,

        Instant authorisedAt,

        @Schema(
                description =
                        "Until when the goods are waited for; longer once a carrier has scanned them, and until somebody receives"
                                + " what was delivered")
        Instant dueAt,

        Optional<Instant> closedAt) {
    static ReturnSummary of(Return returned) {
        return new ReturnSummary(
                returned.id().value(),
                returned.id().order().value(),
                returned.id().workflowId(returned.order().account()),
                returned.cause().kind(),
                returned.goods(),
                returned.money(),
                CustomerStatus.of(returned),
                returned.authorisedAt(),
                returned.waitedForUntil(),
                returned.closedAt());
    }

    /** The newest first; {@code next} is what the following page comes after. */
    public record ReturnList(List<ReturnSummary> returns, Optional<String> next) {
        static ReturnList of(List<Return> all) {
            return page(all, all.size());
        }

        /** {@code found} has one more where there is another page. */
        static ReturnList page(List<Return> found, int most) {
            List<Return> shown = found.subList(0, Math.min(most, found.size()));
            return new ReturnList(
                    shown.stream().map(ReturnSummary::of).toList(),
                    found.size() > most ? Optional.of(shown.getLast().id().value()) : Optional.empty());
        }
    }
}
