package io.throughline.domain.transfer;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.intervention.CaseId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The transfers between facilities that people and clients ask for. Each step is one transaction with its movements, the supply that is
 * on its way, and the trace; the same step again is answered in the same way and does nothing more.
 */
public interface Transfers {
    /** What an earlier request with the same key is answered by now, whatever its rules would say today; empty: there was none. */
    Optional<Outcome> repeated(Submission submission);

    /** Nothing moves yet, and nothing is kept back. */
    Outcome request(Submission submission, Wish wish, TransferTerms terms);

    /**
     * So many units have left; refused where others are promised them, or where less than the terms keep would stay. Units that are not named
     * stay. What has left is supply of the receiver, expected when the request says, or else after the time that its terms name.
     */
    Outcome send(TransferId id, Map<Sku, Integer> units, String actor);

    /**
     * So many units have arrived, whatever was sent. A later receipt with other numbers corrects the one before, until the difference is
     * settled. Beyond the tolerance of the terms a difference is a case.
     */
    Outcome receive(TransferId id, Map<Sku, Integer> units, String actor);

    /** It is not wanted any more, or what was sent has come back. */
    Outcome cancel(TransferId id, String actor);

    /** Somebody has decided to bear what is missing or too much. Called again, it does nothing more. */
    void acceptDifference(TransferId id, CaseId reason);

    Optional<Transfer> find(TransferId id);

    /** The newest first; of one facility those that it sends or receives. */
    List<Transfer> recent(Optional<FacilityId> facility, int limit);

    /** Those of a SKU that are not over, or differ, the oldest first. */
    List<Transfer> open(Sku sku, int limit);

    /** Who asks for something once, however often: the same key with another content is another thing. */
    record Submission(String client, String actor, String key, String bodyHash) {}

    /** What shall go from where to where; without {@code expectedAt} the terms say when it will be there. */
    record Wish(FacilityId from, FacilityId to, Map<Sku, Integer> units, Optional<Instant> expectedAt) {
        public Wish {
            units = Map.copyOf(units);
        }
    }

    /** What came of a step. */
    sealed interface Outcome {
        record Done(Transfer transfer) implements Outcome {}

        /** It was done before. */
        record Known(Transfer transfer) implements Outcome {}

        record KeyReused() implements Outcome {}

        /** The stock or the status does not allow it. */
        record Refused(String why) implements Outcome {}

        record Unknown() implements Outcome {}
    }
}
