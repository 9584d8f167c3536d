package io.throughline.domain.transfer;

import java.time.Duration;

/** On what terms goods go to the store where a customer collects them; the giver has {@code sendWithin} to send them. */
public record OrderTransferTerms(TransferTerms terms, Duration sendWithin) {}
