package io.throughline.api.intervention;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.api.intervention.CaseView.DecisionView;
import io.throughline.domain.intervention.BulkDecision;
import io.throughline.domain.intervention.BulkDecisions;
import io.throughline.domain.intervention.CaseId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A decision about all cases that a cause had when it was taken, and how far it has come. */
@Schema(name = "BulkDecision")
public record BulkView(
        String id,
        String fingerprint,
        DecisionView decision,
        BulkDecision.State state,

        @Schema(description = "How many cases a second it sets going at most")
        int perSecond,

        int cases,
        int pending,
        int decided,

        @Schema(description = "Wait for a second person, for so much is at stake")
        int proposed,

        @Schema(description = "Were no longer open, or had another cause")
        int skipped,

        Instant begunAt,
        Optional<Instant> endedAt,
        Optional<String> stoppedBy) {

    static BulkView of(BulkDecision bulk) {
        return new BulkView(
                bulk.id().value(),
                bulk.cause().value(),
                DecisionView.of(bulk.decision(), true),
                bulk.state(),
                bulk.perSecond(),
                bulk.cases(),
                bulk.pending(),
                bulk.decided(),
                bulk.proposed(),
                bulk.skipped(),
                bulk.begunAt(),
                bulk.endedAt(),
                bulk.stoppedBy());
    }

    /** What a decision would be about. */
    @Schema(name = "BulkPreview")
    public record Preview(
            String fingerprint,
            int cases,

            @Schema(description = "So many would only be proposed, for so much is at stake")
            int proposed,

            @Schema(description = "The first of them") List<String> sample) {
        static Preview of(BulkDecisions.Preview preview) {
            return new Preview(
                    preview.cause().value(),
                    preview.cases(),
                    preview.secondPerson(),
                    preview.sample().stream().map(CaseId::value).toList());
        }
    }

    /** Decisions, newest first. */
    @Schema(name = "BulkDecisionList")
    public record BulkList(List<BulkView> decisions) {}
}
