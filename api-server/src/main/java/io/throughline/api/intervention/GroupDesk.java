package io.throughline.api.intervention;

import io.throughline.api.access.Caller;
import io.throughline.api.http.Parameters;
import io.throughline.api.intervention.CasesResource.DecisionRequest;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.intervention.BulkDecision;
import io.throughline.domain.intervention.BulkDecisions;
import io.throughline.domain.intervention.BulkDecisions.Preview;
import io.throughline.domain.intervention.BulkId;
import io.throughline.domain.intervention.CaseFiles;
import io.throughline.domain.intervention.CaseFiles.Group;
import io.throughline.domain.intervention.CasePolicies;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.Fingerprint;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Decides about all open cases of one cause, if who decides may and the cases allow it. */
public final class GroupDesk {
    private final CaseFiles files;
    private final Decisions decisions;
    private final BulkDecisions bulk;
    private final CasePolicies policies;
    private final Clock clock;

    public GroupDesk(CaseFiles files, Decisions decisions, BulkDecisions bulk, CasePolicies policies, Clock clock) {
        this.files = files;
        this.decisions = decisions;
        this.bulk = bulk;
        this.policies = policies;
        this.clock = clock;
    }

    /** The open cases of a cause, or the problem that there is none. */
    public Group group(String fingerprint) {
        return Parameters.name(fingerprint, Fingerprint::new)
                .flatMap(files::group)
                .orElseThrow(() -> ProblemException.notFound("open case of such a cause"));
    }

    /** Changes nothing. */
    public Preview preview(Group group, DecisionRequest request, Caller caller) {
        return bulk.preview(group.cause(), decisions.readForMany(group.code(), request, caller));
    }

    public BulkDecision begin(Group group, DecisionRequest request, Caller caller) {
        Decision decision = decisions.readForMany(group.code(), request, caller);
        int perSecond = policies.at(clock.instant()).decisionsPerSecond();
        return Decisions.legal(() -> bulk.begin(group.cause(), decision, perSecond));
    }

    /** Newest first. */
    public List<BulkDecision> recent(int limit) {
        return bulk.list(limit);
    }

    /** Newest first. */
    public List<BulkDecision> running() {
        return bulk.running();
    }

    /** Newest first. */
    public List<BulkDecision> about(Fingerprint cause, int limit) {
        return bulk.ofCause(cause, limit);
    }

    public BulkDecision find(String id) {
        return found(Parameters.name(id, BulkId::new).flatMap(bulk::find));
    }

    public BulkDecision stop(String id, Caller caller) {
        return found(Parameters.name(id, BulkId::new).flatMap(named -> bulk.stop(named, caller.actor())));
    }

    private static BulkDecision found(Optional<BulkDecision> one) {
        return one.orElseThrow(() -> ProblemException.notFound("such decision"));
    }
}
