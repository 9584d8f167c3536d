package io.throughline.api.returns;

import io.throughline.api.order.Findings;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.returns.ConditionGrade;
import io.throughline.domain.returns.RefundTo;
import io.throughline.domain.returns.ReturnCause;
import io.throughline.domain.returns.ReturnPolicies;
import io.throughline.domain.returns.ReturnPolicy;
import io.throughline.domain.returns.ReturnRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a request of a submission, or tells everything that is wrong with it: INVALID_CONTENT. */
public final class ReturnRequestReader {
    private final Facilities facilities;
    private final ReturnPolicies policies;

    public ReturnRequestReader(Facilities facilities, ReturnPolicies policies) {
        this.facilities = facilities;
        this.policies = policies;
    }

    /** With the policy that shall be tried, if one is named. */
    record Read(ReturnRequest request, Optional<ReturnPolicy> tried) {}

    Read read(ReturnSubmission submission) {
        Findings findings = new Findings();
        Optional<OrderId> order = findings.attempt(
                "/orderId",
                "an order's name such as O-7K2M9Q4XTA",
                Optional.empty(),
                () -> Optional.of(new OrderId(submission.orderId())));
        Optional<FacilityId> store = findings.attempt(
                "/store", "a store", Optional.empty(), () -> submission.store().map(this::store));
        Optional<ReturnPolicy> tried = findings.attempt(
                "/policyVersion",
                "a version that is kept",
                Optional.empty(),
                () -> submission.policyVersion().map(this::policy));
        Optional<ReturnCause> cause = CauseReader.read(submission, findings);
        List<ReturnRequest.Line> lines = submission.appeasement().isPresent() ? List.of() : lines(submission, findings);
        findings.throwIfAny("The request");
        return new Read(
                new ReturnRequest(
                        order.orElseThrow(),
                        cause.orElseThrow(),
                        CauseReader.way(submission, store),
                        submission.refundTo().orElse(RefundTo.ORIGINAL),
                        lines),
                tried);
    }

    private static List<ReturnRequest.Line> lines(ReturnSubmission submission, Findings findings) {
        List<ReturnSubmission.Line> submitted = submission.lines();
        if (submitted.isEmpty() || submitted.size() > ReturnSubmission.MOST_LINES) {
            findings.add("/lines", "1 to " + ReturnSubmission.MOST_LINES + " lines");
            return List.of();
        }
        List<ReturnRequest.Line> lines = new ArrayList<>();
        for (int i = 0; i < submitted.size(); i++) {
            ReturnSubmission.Line line = submitted.get(i);
            String at = "/lines/" + i;
            findings.visible(at + "/lineId", line.lineId(), 100);
            Optional<ConditionGrade> grade = findings.attempt(
                    at + "/grade",
                    "a grade such as OPENED",
                    Optional.empty(),
                    () -> line.grade().map(ConditionGrade::new));
            CauseReader.requireFitting(line.reason(), at + "/reason", submission.claim(), findings);
            if (ReturnSubmission.fits(line.quantity(), i, findings)) {
                lines.add(new ReturnRequest.Line(line.lineId(), line.quantity(), line.reason(), grade));
            }
        }
        return lines;
    }

    private FacilityId store(String text) {
        return facilities
                .find(new FacilityId(text))
                .filter(facility -> facility.kind() == Facility.Kind.STORE)
                .map(Facility::id)
                .orElseThrow(() -> new IllegalArgumentException(text));
    }

    private ReturnPolicy policy(String text) {
        return policies.named(text).orElseThrow(() -> new IllegalArgumentException(text));
    }
}
