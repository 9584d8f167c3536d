package io.throughline.domain.fulfillment;

import io.throughline.domain.failure.Trouble;
import io.throughline.domain.failure.TroubledSystem;
import io.throughline.domain.fulfillment.FacilitySystem.Work;
import java.util.Optional;

/** A facility system with hands on it: its facilities' people do what the test wants, and its calls go wrong on purpose. */
public interface FacilitySystemUnderTest extends TroubledSystem {
    FacilitySystem system();

    /** The same, when nobody listens at its address. */
    FacilitySystem unreachable();

    /** Work to be shipped that no facility was given yet. */
    Work planned();

    /** Work of which the system has never heard. */
    Work unknown();

    /** The facility's people take the work up. */
    void acknowledges(Work released);

    /** They hand over to the carrier what they have acknowledged. */
    void ships(Work released);

    void rejects(Work released);

    /** How often a facility was really given this work. */
    long timesGiven(Work work);

    /** The next call that completes a release meets this. */
    void meetsAtRelease(Trouble trouble);

    /** The next call that takes work back meets this. */
    void meetsAtRecall(Trouble trouble);

    /** The same work once it is known by the system's own name of it. */
    static Work knownAs(Work work, String reference) {
        return new Work(
                work.account(),
                work.location(),
                work.id(),
                work.orderName(),
                work.method(),
                work.lines(),
                work.goods(),
                work.channelWork(),
                Optional.of(reference),
                work.customerName());
    }
}
