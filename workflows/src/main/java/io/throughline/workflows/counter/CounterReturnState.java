package io.throughline.workflows.counter;

import io.throughline.domain.counter.CounterReturn.Stage;
import java.time.Instant;

/** What the process needs to see: how far the money is, and until when a payout at the counter is to be reported. {@code amount} is for people. */
public record CounterReturnState(Stage stage, Instant reportDueAt, String amount) {}
