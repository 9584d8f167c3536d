package io.throughline.worker.attention;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.Cases;
import io.throughline.worker.attention.Peers.Peer;
import io.throughline.worker.attention.Runs.Run;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Shows what of processes beside those of orders shows itself nowhere: tasks that fail again and again, and a process that has ended otherwise
 * than by itself while what it is there for goes on. That one is begun anew, once for each case.
 */
final class PeerSweep {
    private final Peers peers;
    private final Runs runs;
    private final Cases cases;
    private final ProcessCases processCases;
    private final Clock clock;

    PeerSweep(Peers peers, Runs runs, Cases cases, ProcessCases processCases, Clock clock) {
        this.peers = peers;
        this.runs = runs;
        this.cases = cases;
        this.processCases = processCases;
        this.clock = clock;
    }

    /** Of these processes, whose tasks were tried again, those that do not get on. */
    void stalled(List<String> workflowIds) {
        open(workflowIds)
                .forEach(peer -> runs.look(peer.workflowId())
                        .flatMap(found -> found.trouble().filter(_ -> found.failing() || !isTold(peer)))
                        .ifPresent(trouble -> show(peer, FailureCode.PROCESS_STANDS_STILL, trouble)));
    }

    /** Of these processes, whose run has ended badly or whose facts are open, those that should be running and are not. */
    void missed(List<String> workflowIds) {
        open(workflowIds).stream().filter(this::isMissing).forEach(peer -> {
            Case missing = show(peer, FailureCode.PROCESS_MISSING, "no process stands for it");
            processCases.begin(missing, peer.account(), peer.workflowId());
        });
    }

    private List<Peer> open(List<String> workflowIds) {
        return workflowIds.stream()
                .flatMap(id -> peers.find(id).stream())
                .filter(Peer::open)
                .toList();
    }

    /** It may have come to its end, as it should, since its facts were read. */
    private boolean isMissing(Peer peer) {
        return runs.look(peer.workflowId()).filter(Run::running).isEmpty()
                && peers.find(peer.workflowId()).filter(Peer::open).isPresent();
    }

    private boolean isTold(Peer peer) {
        Instant triedSince = clock.instant().minus(AttentionSweep.HELPS_WITHIN);
        return cases.unclosed(List.of(peer.subject())).stream()
                .filter(other -> other.tellsOfStandstill(triedSince))
                .anyMatch(peer::isToldBy);
    }

    private Case show(Peer peer, FailureCode code, String detail) {
        return processCases.show(peer.account(), peer.subject(), peer.step(), code, detail);
    }

    /** Whether the cause of a case has gone; empty: it is no case about such a process. */
    Optional<Boolean> isGone(Case shown) {
        return peers.about(shown).map(peer -> {
            Optional<Run> run = runs.look(peer.workflowId());
            return !peer.open()
                    || (shown.code() == FailureCode.PROCESS_MISSING
                            ? run.filter(found -> found.hasLasted(clock.instant()))
                                    .isPresent()
                            : run.flatMap(Run::trouble).isEmpty());
        });
    }
}
