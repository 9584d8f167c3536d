package io.throughline.api.returns;

import io.throughline.api.order.Findings;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.returns.ReturnCause;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.ReturnedTo;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads of a submission why something is given back, and so how the goods come back for it, if they do. */
final class CauseReader {
    private static final List<ReturnReason> CLAIMED =
            Arrays.stream(ReturnReason.values()).filter(ReturnReason::isClaim).toList();

    private CauseReader() {}

    static Optional<ReturnCause> read(ReturnSubmission submission, Findings findings) {
        if (submission.appeasement().isPresent()) {
            findings.require(submission.lines().isEmpty(), "/lines", "none: nothing comes back for an appeasement");
            findings.require(submission.claim().isEmpty(), "/claim", "either a claim or an appeasement");
            findings.require(submission.store().isEmpty(), "/store", "none: nothing comes back for an appeasement");
            return appeasement(submission.appeasement().get(), findings);
        }
        return Optional.of(submission
                .claim()
                .<ReturnCause>map(claim -> claim(submission, claim, findings))
                .orElseGet(ReturnCause.ByChoice::new));
    }

    private static Optional<ReturnCause> appeasement(ReturnSubmission.Appeasement wanted, Findings findings) {
        return findings.attempt(
                "/appeasement",
                "an amount above zero such as 10.00, and its currency such as USD",
                Optional.empty(),
                () -> Optional.of(new ReturnCause.Appeasement(positive(wanted, findings), wanted.reason())));
    }

    private static Money positive(ReturnSubmission.Appeasement wanted, Findings findings) {
        Money amount =
                Money.of(findings.decimal("/appeasement/amount", wanted.amount()), CurrencyCode.of(wanted.currency()));
        if (!amount.isPositive()) {
            throw new IllegalArgumentException(wanted.amount());
        }
        return amount;
    }

    private static ReturnCause claim(ReturnSubmission submission, ReturnSubmission.Claim claim, Findings findings) {
        findings.require(
                claim.photos().size() <= ReturnSubmission.MOST_PHOTOS,
                "/claim/photos",
                "at most " + ReturnSubmission.MOST_PHOTOS);
        claim.photos().forEach(photo -> findings.visible("/claim/photos", photo, ReturnSubmission.LONGEST_REFERENCE));
        findings.require(!claim.goodsStay() || submission.store().isEmpty(), "/store", "none where the goods stay");
        boolean part =
                claim.percent().filter(percent -> percent < 1 || percent > 99).isEmpty();
        findings.require(part, "/claim/percent", "1 to 99; left out for the whole price");
        findings.require(
                claim.percent().isEmpty() || claim.goodsStay(),
                "/claim/percent",
                "only where the goods stay: what comes back is paid by its condition");
        return new ReturnCause.Claim(claim.photos(), part ? claim.percent() : Optional.empty());
    }

    static ReturnedTo way(ReturnSubmission submission, Optional<FacilityId> store) {
        boolean stays = submission.appeasement().isPresent()
                || submission.claim().filter(ReturnSubmission.Claim::goodsStay).isPresent();
        return stays
                ? new ReturnedTo.Never()
                : store.<ReturnedTo>map(ReturnedTo.InStore::new).orElseGet(ReturnedTo.ByMail::new);
    }

    /** What never came can't be sent back, and what is only not wanted is no claim. */
    static void requireFitting(
            ReturnReason reason, String at, Optional<ReturnSubmission.Claim> claim, Findings findings) {
        if (claim.isPresent()) {
            findings.require(reason.isClaim(), at, "a claim has one of " + CLAIMED);
        }
        findings.require(
                reason != ReturnReason.NEVER_ARRIVED
                        || claim.filter(ReturnSubmission.Claim::goodsStay).isPresent(),
                at,
                "what never arrived is a claim with goodsStay");
    }
}
