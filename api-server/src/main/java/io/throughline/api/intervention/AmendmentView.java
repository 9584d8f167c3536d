package io.throughline.api.intervention;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.api.intervention.CaseView.ChangeView;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Amendment;
import io.throughline.domain.intervention.WordedDecision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An amendment that is kept, and may be decided by its id. What is personal is shown to SUPPORT. */
@Schema(name = "KeptAmendment")
public record AmendmentView(
        @Schema(example = "AM-17") String id,

        @Schema(example = "C-1042") String caseId,

        List<ChangeView> changes,
        String madeBy,
        Instant madeAt,

        @Schema(description = "When it was decided and became a fact; left out as long as it is not")
        Optional<Instant> appliedAt,

        @Schema(
                description = "How it is decided through Temporal: the input of the update `decide`, or of the signal"
                        + " `propose`, of the process that waits for the case",
                example = "\"C-1042 AMEND_AND_RETRY AM-17\"")
        String input) {
    static AmendmentView of(Amendment kept, List<ChangeView> changes) {
        return new AmendmentView(
                kept.id().value(),
                kept.about().value(),
                changes,
                kept.actor(),
                kept.madeAt(),
                kept.appliedAt(),
                "\"" + new WordedDecision(kept.about(), Action.AMEND_AND_RETRY, Optional.of(kept.id())) + "\"");
    }
}
