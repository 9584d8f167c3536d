package io.throughline.domain.fulfillment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a customer is asked: one of the choices, until {@code answerBy}; from then on the default counts as chosen, or the customer is asked on. It
 * is answered once, and never changed then.
 */
public record Offer(List<Choice> choices, OfferChoice byDefault, Instant answerBy, Optional<Answer> answer) {
    public Offer {
        choices = List.copyOf(choices);
        if (choices.stream().noneMatch(choice -> choice.kind() == byDefault)) {
            throw new IllegalArgumentException("the default " + byDefault + " is none of the choices");
        }
    }

    /** One that nobody has answered yet. */
    public Offer(List<Choice> choices, OfferChoice byDefault, Instant answerBy) {
        this(choices, byDefault, answerBy, Optional.empty());
    }

    /** The stores to choose from, the nearest first; none for what is no matter of a store. */
    public record Choice(OfferChoice kind, List<FacilityId> stores) {
        public Choice {
            stores = List.copyOf(stores);
            if (stores.isEmpty() == (kind == OfferChoice.OTHER_STORE)) {
                throw new IllegalArgumentException("stores are named for OTHER_STORE, and for nothing else");
            }
        }

        public static Choice of(OfferChoice kind) {
            return new Choice(kind, List.of());
        }
    }

    /** What was chosen, by whom; {@code store} goes with OTHER_STORE. */
    public record Answer(OfferChoice kind, Optional<FacilityId> store, String actor, Instant at) {
        public boolean saysSame(Answer other) {
            return kind == other.kind && store.equals(other.store);
        }
    }

    /** What counts where nobody answers: of several stores the nearest. */
    public Answer unanswered(String actor) {
        Choice chosen = choices.stream()
                .filter(choice -> choice.kind() == byDefault)
                .findFirst()
                .orElseThrow();
        return new Answer(byDefault, chosen.stores().stream().findFirst(), actor, answerBy);
    }

    /** Whether the answer is one of the choices. */
    public boolean allows(OfferChoice kind, Optional<FacilityId> store) {
        return choices.stream()
                .anyMatch(choice -> choice.kind() == kind
                        && (choice.stores().isEmpty()
                                ? store.isEmpty()
                                : store.filter(choice.stores()::contains).isPresent()));
    }

    public Offer until(Instant later) {
        return new Offer(choices, byDefault, later, answer);
    }

    public Offer answered(Answer chosen) {
        return new Offer(choices, byDefault, answerBy, Optional.of(chosen));
    }
}
