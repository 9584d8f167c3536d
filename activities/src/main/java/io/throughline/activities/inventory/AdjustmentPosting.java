package io.throughline.activities.inventory;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.Steps;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.Erp;
import io.throughline.domain.finance.StockAdjustment;
import io.throughline.domain.finance.StockAdjustments;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.Relief;
import java.time.Clock;
import java.util.Optional;

/**
 * Tells an ERP of what the ledger has adjusted, one document after the other. What it refuses is a case, which holds up nothing else. A failure is
 * thrown: what may have been moved there is looked for before anything else is done, and so before what it has on hand is read.
 */
public final class AdjustmentPosting {
    static final String STEP = "erp.adjust-stock";

    private final Effects effects;
    private final Erp erp;
    private final StockAdjustments adjustments;
    private final Cases cases;
    private final Clock clock;

    public AdjustmentPosting(Effects effects, Erp erp, StockAdjustments adjustments, Cases cases, Clock clock) {
        this.effects = effects;
        this.erp = erp;
        this.adjustments = adjustments;
        this.cases = cases;
        this.clock = clock;
    }

    boolean isAnyDue(AccountId company) {
        return adjustments.isAnyDue(company, clock.instant());
    }

    /** False: there was nothing left to be told. */
    boolean postNext(AccountId company) {
        adjustments.gather(company, clock.instant());
        Optional<StockAdjustment> next = adjustments.open(company, 1).stream().findFirst();
        next.ifPresent(adjustment -> post(company, adjustment));
        return next.isPresent();
    }

    private void post(AccountId company, StockAdjustment adjustment) {
        Optional<Case> decided =
                cases.current(adjustment.reference(), STEP).filter(found -> found.status() == CaseStatus.DECIDED);
        Optional<Decision> decision = decided.flatMap(Case::decision);
        if (decision.map(Decision::action).filter(Action.CANCEL::equals).isPresent()) {
            adjustments.givenUp(
                    adjustment.reference(),
                    "decided in " + decided.orElseThrow().id());
            decided.ifPresent(one -> cases.close(one.id(), "the ERP is not told"));
            return;
        }
        Reply reply = Steps.orRefused(() -> carryOut(company, adjustment, decision));
        switch (reply) {
            case Reply.Done(Receipt receipt) -> {
                if (receipt.sent()) {
                    adjustments.posted(adjustment.reference(), receipt.reference());
                } else {
                    adjustments.notSent(adjustment.reference());
                }
                decided.ifPresent(one -> cases.close(one.id(), Relief.THROUGH));
            }
            case Reply.Refused(FailureCode code, String detail) -> {
                decision.ifPresentOrElse(
                        tried -> cases.reopen(decided.orElseThrow().id(), tried, code, detail),
                        () -> cases.open(company, adjustment.reference(), STEP, code, detail));
            }
        }
    }

    private Reply carryOut(AccountId company, StockAdjustment adjustment, Optional<Decision> decision) {
        StockAdjustment told = amended(adjustment, decision);
        return effects.carryOut(
                Effects.Intent.of(company, adjustment.reference(), "adjust-stock", "document")
                        .asking(told.asked())
                        .foundBy(() -> erp.findAdjustment(company, told))
                        .doneBy(_ -> erp.adjustStock(company, told)),
                decision);
    }

    private static StockAdjustment amended(StockAdjustment adjustment, Optional<Decision> decision) {
        return decision.map(decided -> decided.postingDate()
                        .map(adjustment::postedOn)
                        .orElse(adjustment)
                        .standingIn(decided.standIns()))
                .orElse(adjustment);
    }
}
