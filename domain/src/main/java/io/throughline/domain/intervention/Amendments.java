package io.throughline.domain.intervention;

import java.util.Map;
import java.util.Optional;

/**
 * Amendments of cases, in PostgreSQL. One is kept before it is decided upon, and passed by its id. When it is decided, it becomes a fact in the
 * transaction of the decision: the names of products hold whenever the order is read, an address or a way to reach the customer for as long as the
 * channel says what it said when the amendment was made.
 */
public interface Amendments {
    /**
     * Keeps an amendment whose fields are of their forms. The same one again, about a case that has no later one, is the same. {@link IllegalDecision}
     * where the case takes none, or nothing is known of whose data it is.
     */
    Amendment keep(CaseId about, Map<String, String> fields, String actor);

    Optional<Amendment> find(AmendmentId id);

    /** The last one that was made of a case. */
    Optional<Amendment> latest(CaseId about);

    /** What the fields that a case lets be amended are just now, as far as that is known. It may be personal. */
    Map<String, String> now(Case about);
}
