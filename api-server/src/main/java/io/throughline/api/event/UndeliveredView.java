package io.throughline.api.event;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.event.EventSubscriptions.Undelivered;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One event that a subscriber does not have yet. */
@Schema(name = "Undelivered")
public record UndeliveredView(
        String event,
        String type,
        String subject,
        State state,
        int attempts,
        String lastError,
        Instant lastTry,
        Optional<Instant> nextTry) {
    /** DEAD: it is not tried any more. */
    @Schema(name = "UndeliveredState")
    public enum State {
        DEAD,
        FAILING
    }

    static UndeliveredView of(Undelivered undelivered) {
        return new UndeliveredView(
                undelivered.event().id(),
                undelivered.event().type().fullName(),
                undelivered.event().subject(),
                undelivered.dead() ? State.DEAD : State.FAILING,
                undelivered.attempts(),
                undelivered.lastError(),
                undelivered.lastTry(),
                undelivered.nextTry());
    }

    public record UndeliveredList(List<UndeliveredView> deliveries) {}
}
