package io.throughline.workflows.fulfillment;

import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.RerouteStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the process of a reroute needs to see. {@code due} is when a customer's answer, or another look, is waited for no longer; null where
 * nothing is, or for as long as it takes. {@code backordered} says that it waits for supply, which its customer is told; {@code promiseMoved} that
 * it is promised for another day than he knows, {@code promiseTooLate} that a person is to say whether so late a day is waited for. {@code from}
 * and {@code to} are facilities, {@code words} tell a person what was found last.
 */
public record RerouteState(
        RerouteStatus status,
        RerouteCause cause,
        String from,
        List<String> to,
        String lines,
        String words,
        @Nullable Instant due,
        boolean backordered,
        boolean promiseMoved,
        boolean promiseTooLate) {
    public RerouteState {
        to = List.copyOf(to);
    }
}
