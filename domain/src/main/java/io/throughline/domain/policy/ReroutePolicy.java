package io.throughline.domain.policy;

import io.throughline.domain.fulfillment.OfferChoice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * When work goes to another facility without a person, and what happens where nobody can do it. {@code most} is how often facilities may give
 * back work of one order until a person decides; {@code silent} whether what was left beyond its time goes elsewhere by itself; {@code
 * unexplained} whether that holds for what a facility's own system rejects, which does not say why. {@code otherwise} is tried in its
 * order; at its end a person decides.
 */
public record ReroutePolicy(
        int most, boolean silent, boolean unexplained, List<Otherwise> otherwise, Optional<Offers> offers) {
    private static final int USUAL = 3;

    public ReroutePolicy {
        otherwise = List.copyOf(otherwise);
        if (most < 0) {
            throw new IllegalArgumentException("most is not negative: " + most);
        }
        if (otherwise.contains(Otherwise.OFFER) != offers.isPresent()) {
            throw new IllegalArgumentException("what is offered is said where OFFER is chosen, and only there");
        }
    }

    /** For versions from before there was a choice. */
    public static ReroutePolicy usual() {
        return new ReroutePolicy(USUAL, false, false, List.of(), Optional.empty());
    }

    /** What is tried where nobody can do the work. */
    public enum Otherwise {
        /** What is to be shipped waits for supply, where any is expected and the order may wait. */
        BACKORDER,
        /** The customer is asked. */
        OFFER
    }

    /**
     * What customers may choose, how long they have, and what counts when they don't. {@code stores} is how many other stores are named at
     * most; {@code lookAgainAfter} how often somebody is looked for again where no supply is expected.
     */
    public record Offers(
            Duration answerWithin,
            Set<OfferChoice> choices,
            OfferChoice unanswered,
            int stores,
            Duration lookAgainAfter) {
        public Offers {
            choices = Set.copyOf(choices);
            if (!choices.contains(unanswered)) {
                throw new IllegalArgumentException("unanswered is one of the choices: " + unanswered);
            }
        }
    }
}
