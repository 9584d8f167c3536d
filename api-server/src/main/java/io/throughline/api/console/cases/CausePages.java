package io.throughline.api.console.cases;

import io.throughline.api.console.Moments;
import io.throughline.api.console.Visit;
import io.throughline.api.console.Words;
import io.throughline.api.console.cases.CausePage.Preview;
import io.throughline.api.console.runbook.Runbooks;
import io.throughline.api.intervention.CaseViews;
import io.throughline.api.intervention.CasesResource.DecisionRequest;
import io.throughline.api.intervention.GroupDesk;
import io.throughline.domain.intervention.BulkDecisions;
import io.throughline.domain.intervention.CaseFiles;
import io.throughline.domain.intervention.CaseFiles.Group;
import io.throughline.domain.intervention.CaseFiles.Search;
import io.throughline.domain.intervention.CaseFiles.Sequence;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.CasePolicies;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Fingerprint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what the page of a cause shows. */
public final class CausePages {
    private static final int FIRST_CASES = 50;
    private static final int RECENT = 20;

    private final CaseFiles files;
    private final GroupDesk groups;
    private final CasePolicies policies;
    private final CaseRows rows;

    public CausePages(CaseFiles files, GroupDesk groups, CasePolicies policies) {
        this.files = files;
        this.groups = groups;
        this.policies = policies;
        this.rows = new CaseRows(policies);
    }

    CausePage read(Fingerprint cause, Visit visit, Moments moments) {
        return read(cause, files.group(cause), Optional.empty(), visit, moments);
    }

    CausePage read(Group group, DecisionRequest request, BulkDecisions.Preview preview, Visit visit, Moments moments) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("action", request.action().name());
        fields.putAll(request.amendment());
        request.note().ifPresent(note -> fields.put("note", note));
        Preview shown = new Preview(
                Words.of(request.action()),
                preview.cases(),
                preview.secondPerson(),
                preview.sample().stream().map(CaseId::value).toList(),
                fields);
        return read(group.cause(), Optional.of(group), Optional.of(shown), visit, moments);
    }

    private CausePage read(
            Fingerprint cause, Optional<Group> group, Optional<Preview> preview, Visit visit, Moments moments) {
        List<BulkRow> decisions = CaseViews.mayReadWords(visit.caller()) ? about(cause, moments) : List.of();
        boolean deciding = decisions.stream().anyMatch(BulkRow::running);
        return new CausePage(
                cause.value(),
                group.map(open -> CauseRow.of(open, policies.at(moments.now()), moments)),
                group.isEmpty() ? List.of() : first(cause, moments),
                group.filter(open -> !deciding)
                        .map(open -> DecisionForm.of(open.code(), visit.caller()))
                        .orElseGet(DecisionForm::none),
                preview,
                decisions,
                group.map(open -> Runbooks.address(open.code().runbook())).orElse("/console/runbooks"));
    }

    private List<BulkRow> about(Fingerprint cause, Moments moments) {
        return groups.about(cause, RECENT).stream()
                .map(bulk -> BulkRow.of(bulk, moments))
                .toList();
    }

    private List<CaseRow> first(Fingerprint cause, Moments moments) {
        Search search = new Search(
                Optional.of(CaseStatus.OPEN),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(cause),
                Optional.empty(),
                Sequence.MOST_URGENT_FIRST,
                FIRST_CASES);
        return files.list(search).stream().map(one -> rows.of(one, moments)).toList();
    }
}
