package io.throughline.api.counter;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.returns.FraudScore;
import java.util.List;

/** How suspicious a return without a receipt is: the sum of the policy's signals that were seen. */
@Schema(name = "FraudScore")
public record ScoreView(int points, List<Reason> reasons) {
    /** One signal that was seen. */
    @Schema(name = "FraudReason")
    public record Reason(
            @Schema(description = "The policy's name of it", example = "came-before")
            String signal,

            int points,
            @Schema(description = "What was seen") String words) {}

    static ScoreView of(FraudScore score) {
        return new ScoreView(
                score.points(),
                score.reasons().stream()
                        .map(reason -> new Reason(reason.signal(), reason.points(), reason.words()))
                        .toList());
    }
}
