package io.throughline.api.routing;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Optional;

/** How far the trial has come that is under way. */
@Schema(name = "RoutingTrialProgress")
public record TrialProgressView(
        @Schema(description = "False: no trial is under way")
        boolean underWay,

        @Schema(description = "Orders that were tried so far")
        int orders,

        @Schema(description = "How many are tried at most") int most,

        @Schema(description = "Since when; absent when none is under way")
        Optional<Instant> begunAt) {
    static TrialProgressView of(Trials trials) {
        return trials.progress()
                .map(progress -> new TrialProgressView(
                        true, progress.orders().get(), progress.most(), Optional.of(progress.begunAt())))
                .orElseGet(() -> new TrialProgressView(false, 0, 0, Optional.empty()));
    }
}
