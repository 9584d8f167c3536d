package io.throughline.api.intervention;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.api.intervention.CaseView.AmountView;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.CaseFiles;
import io.throughline.domain.intervention.CasePolicy;
import java.time.Instant;
import java.util.List;

/** Open cases of one cause. */
@Schema(name = "CaseGroup")
public record CaseGroupView(
        String fingerprint,
        FailureCode code,
        String owner,
        String step,

        @Schema(description = "What the first of them tells")
        String detail,

        int cases,
        int snoozed,
        Instant oldestOpenedAt,
        Instant firstDueAt,

        @Schema(description = "What the orders come to that they hold up, as far as that is known")
        List<AmountView> atStake,

        List<Action> legalActions,
        String runbook) {

    static CaseGroupView of(CaseFiles.Group group, CasePolicy policy) {
        return new CaseGroupView(
                group.cause().value(),
                group.code(),
                policy.owner(group.code()),
                group.step(),
                group.detail(),
                group.cases(),
                group.snoozed(),
                group.oldest(),
                group.firstDue(),
                group.atStake().stream().map(AmountView::of).toList(),
                group.code().actions().stream().sorted().toList(),
                "runbooks/" + group.code().runbook());
    }

    /** Causes, the most frequent one first. */
    public record CaseGroupList(List<CaseGroupView> groups) {}
}
