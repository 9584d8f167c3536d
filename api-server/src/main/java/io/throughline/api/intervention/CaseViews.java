package io.throughline.api.intervention;

import io.throughline.api.access.Caller;
import io.throughline.api.http.Links;
import io.throughline.api.http.Parameters;
import io.throughline.api.intervention.CaseDetail.AmendmentFormView;
import io.throughline.api.intervention.CaseDetail.DocumentView;
import io.throughline.api.intervention.CaseDetail.EventView;
import io.throughline.api.intervention.CaseDetail.ExchangeView;
import io.throughline.api.intervention.CaseView.DecisionView;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.access.Role;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseFile;
import io.throughline.domain.intervention.CaseFiles;
import io.throughline.domain.intervention.CaseFiles.Exchange;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.CasePolicies;
import io.throughline.domain.intervention.CasePolicy;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.OwnerGroup;
import io.throughline.domain.intervention.OwnerGroup.Escalation;
import io.throughline.domain.order.Orders;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Shows cases to whoever asks. What people wrote in their own words is for those who decide cases. */
public final class CaseViews {
    private final CaseFiles files;
    private final CasePolicies policies;
    private final Payloads payloads;
    private final AmendmentDesk amendments;
    private final Clock clock;

    public static CaseViews of(
            CaseFiles files, Orders orders, CasePolicies policies, AmendmentDesk amendments, Links links, Clock clock) {
        return new CaseViews(files, policies, new Payloads(orders, links), amendments, clock);
    }

    private CaseViews(
            CaseFiles files, CasePolicies policies, Payloads payloads, AmendmentDesk amendments, Clock clock) {
        this.files = files;
        this.amendments = amendments;
        this.policies = policies;
        this.payloads = payloads;
        this.clock = clock;
    }

    /** The case of that name, or the problem that there is none. */
    public CaseFile find(String id) {
        return Parameters.name(id, CaseId::new)
                .flatMap(files::find)
                .orElseThrow(() -> ProblemException.notFound("such case"));
    }

    /** As in lists. */
    public CaseView of(CaseFile file, Caller caller) {
        return view(file, caller, Optional.empty());
    }

    /** With everything that is told of one case. */
    public CaseView whole(CaseFile file, Caller caller) {
        Optional<Exchange> refused = files.exchange(file.about());
        CaseDetail detail = new CaseDetail(
                refused.map(ExchangeView::of),
                Optional.of(file.about())
                        .filter(about -> !about.code().amendable().isEmpty())
                        .map(about -> files.document(about, refused))
                        .map(DocumentView::of),
                form(file.about(), caller),
                files.history(file.about()).stream()
                        .map(event -> EventView.of(event, mayReadWords(caller)))
                        .toList(),
                payloads.of(file.about()).payloads());
        return view(file, caller, Optional.of(detail));
    }

    public DecisionWays ways(CaseFile file) {
        return payloads.of(file.about());
    }

    private Optional<AmendmentFormView> form(Case about, Caller caller) {
        return about.code()
                .amends()
                .filter(_ -> about.status() == CaseStatus.OPEN)
                .map(kind -> new AmendmentFormView(kind, AmendmentSchema.of(kind), amendments.now(about, caller)));
    }

    private CaseView view(CaseFile file, Caller caller, Optional<CaseDetail> detail) {
        Instant now = clock.instant();
        return CaseView.of(file, policies.at(now), now, decision -> shown(decision, caller), detail);
    }

    /** A decision as whoever asks may see it. */
    public DecisionView shown(Decision decision, Caller caller) {
        return DecisionView.of(decision, mayReadWords(caller), amendments.changes(decision, caller));
    }

    /** The group that has heard last that a case is late. */
    public static Optional<String> escalatedTo(CaseFile file, CasePolicy policy) {
        return Optional.of(file.escalations())
                .filter(told -> told > 0)
                .flatMap(told -> policy.escalation(file.about().code(), told - 1))
                .map(Escalation::to);
    }

    /** How a group is reached, where the policy says so. */
    public static Optional<String> contact(String group, CasePolicy policy) {
        return policy.group(group).map(OwnerGroup::contact).filter(contact -> !contact.isBlank());
    }

    public static boolean mayReadWords(Caller caller) {
        return caller.hasAny(Role.SUPPORT, Role.FINANCE, Role.ADMIN);
    }
}
