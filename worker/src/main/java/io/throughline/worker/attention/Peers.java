package io.throughline.worker.attention;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.OpenProcesses;
import java.time.Instant;
import java.util.Optional;

/** What the facts say of the processes that stand beside those of orders: whether there should be one, and where what stops it is shown. */
public interface Peers {
    /** By its workflow id; empty: it is an order's, or one of which the facts know nothing. */
    Optional<Peer> find(String workflowId);

    /** Whose process a case of the sweep is about; empty: it is an order's, or of something that is gone. */
    Optional<Peer> about(Case shown);

    /** Those with facts of their own that are open, page by page, as {@link OpenProcesses#page} gives them. */
    OpenProcesses.Page open(String mark, Instant until, int limit);

    /**
     * One such process. {@code subject} and {@code step} are those of its case; {@code open}: what it is there for is not over, so it should be
     * running.
     */
    record Peer(String workflowId, AccountId account, String subject, String step, boolean open) {
        /** Whether another case tells of the same process already: of a subject that it shares, one that names the same work. */
        boolean isToldBy(Case other) {
            int shared = step.indexOf(' ');
            return !other.step().equals(step) && (shared < 0 || other.step().endsWith(step.substring(shared)));
        }
    }
}
