package io.throughline.domain.fulfillment;

/**
 * What the system of a facility is told of work that it has: that it is held, and why, or goes on. The {@code number} tells one notice about the
 * work from another. {@code byChannel}: its channel holds it, which a system that is the channel itself shows already.
 */
public record HoldNotice(int number, boolean held, String reason, boolean byChannel) {
    /** The next one about this work. */
    static HoldNotice of(FulfillmentOrder work, int number) {
        return new HoldNotice(
                number,
                HoldNews.isHold(number),
                work.heldOpen().map(WorkHold::reason).orElse("it is held"),
                work.heldOpen()
                        .filter(hold -> hold.source() == WorkHold.Source.CHANNEL)
                        .isPresent());
    }
}
