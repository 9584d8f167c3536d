package io.throughline.workflows.counter;

import io.throughline.domain.counter.CounterReturn.Stage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the process needs to see: how far the money is, and until when a payout at the counter is to be reported. The others are for people: {@code amount} is what is
 * given back, {@code goods} what came back of which sale, {@code parts} who gives which part, and has. Runs that began before these two were told have none.
 */
public record CounterReturnState(
        Stage stage,
        Instant reportDueAt,
        String amount,
        @Nullable String goods,
        @Nullable String parts) {
    /** Of which people are told the amount alone. */
    public CounterReturnState(Stage stage, Instant reportDueAt, String amount) {
        this(stage, reportDueAt, amount, null, null);
    }
}
