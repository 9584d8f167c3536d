package io.throughline.domain.policy;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.OfferChoice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * When work goes to another facility without a person, and what happens where nobody can do it. {@code most} is how often facilities may give
 * back work of one order until a person decides; {@code silent} whether what was left beyond its time goes elsewhere by itself, but where it
 * was left by one of {@code silentExcept}, about whom a person is asked all the same; {@code unexplained} whether that holds for what a
 * facility's own system rejects, which does not say why. {@code otherwise} is tried in its order; at its end a person decides. {@code carriers}
 * is what follows where a carrier does not take what is packed.
 */
public record ReroutePolicy(
        int most,
        boolean silent,
        Set<FacilityId> silentExcept,
        boolean unexplained,
        List<Otherwise> otherwise,
        Optional<Offers> offers,
        Carriers carriers) {
    private static final int USUAL = 3;

    public ReroutePolicy {
        silentExcept = Set.copyOf(silentExcept);
        otherwise = List.copyOf(otherwise);
        if (most < 0) {
            throw new IllegalArgumentException("most is not negative: " + most);
        }
        if (!silent && !silentExcept.isEmpty()) {
            throw new IllegalArgumentException("where nobody is passed over, nobody is excepted: " + silentExcept);
        }
        if (otherwise.contains(Otherwise.OFFER) != offers.isPresent()) {
            throw new IllegalArgumentException("what is offered is said where OFFER is chosen, and only there");
        }
    }

    /** For versions from before there was a choice. */
    public static ReroutePolicy usual() {
        return new ReroutePolicy(USUAL, false, Set.of(), false, List.of(), Optional.empty(), Carriers.askAPerson());
    }

    /** Whether what this facility has left beyond its time goes elsewhere without a person. */
    public boolean passesOver(FacilityId silentOne) {
        return silent && !silentExcept.contains(silentOne);
    }

    /** What is tried where nobody can do the work. */
    public enum Otherwise {
        /** What is to be shipped waits for supply, where any is expected and the order may wait. */
        BACKORDER,
        /** The customer is asked. */
        OFFER
    }

    /**
     * What follows where the carrier of a facility sells no label for what is packed there. {@code instead} are asked next, in their order, each once
     * for a parcel; {@code silentAfter} is from when on a carrier that does not answer counts as one that does not take it (empty: it is waited
     * for); {@code elsewhere} whether a facility that none of them serves is to do the work then. At the end a person decides.
     */
    public record Carriers(List<AccountId> instead, Optional<Duration> silentAfter, boolean elsewhere) {
        /** Each is asked within one attempt of a step, which ends after 45 seconds. */
        public static final int MOST = 2;

        public Carriers {
            instead = List.copyOf(instead);
            if (instead.size() > MOST || Set.copyOf(instead).size() < instead.size()) {
                throw new IllegalArgumentException("at most " + MOST + " are asked instead, each once: " + instead);
            }
        }

        public static Carriers askAPerson() {
            return new Carriers(List.of(), Optional.empty(), false);
        }
    }

    /**
     * What customers may choose, how long they have, and what counts when they don't: {@code unansweredPickup} of what they were to collect, where
     * that is another matter. To wait for that is offered only where it counts. {@code stores} is how many other stores are named at most;
     * {@code lookAgainAfter} how often somebody is looked for again where no supply is expected.
     */
    public record Offers(
            Duration answerWithin,
            Set<OfferChoice> choices,
            OfferChoice unanswered,
            Optional<OfferChoice> unansweredPickup,
            int stores,
            Duration lookAgainAfter) {
        public Offers {
            choices = Set.copyOf(choices);
            if (!choices.contains(unanswered)
                    || !choices.containsAll(unansweredPickup.stream().toList())) {
                throw new IllegalArgumentException("unanswered is one of the choices: " + unanswered
                        + unansweredPickup.map(kind -> ", " + kind).orElse(""));
            }
        }

        public OfferChoice unanswered(DeliveryMethod method) {
            return method == DeliveryMethod.PICKUP ? unansweredPickup.orElse(unanswered) : unanswered;
        }

        /** Whether a customer may choose to wait. Where what was to be collected can't be had, that is for a person to see to. */
        public boolean mayWait(DeliveryMethod method) {
            return choices.contains(OfferChoice.WAIT)
                    && (method != DeliveryMethod.PICKUP || unansweredPickup.equals(Optional.of(OfferChoice.WAIT)));
        }
    }
}
