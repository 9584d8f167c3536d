package io.throughline.domain.transfer;

import java.time.Duration;

/**
 * By which rule of which policy goods may go: how long they take, how many units of each SKU stay with the giver, and by how many units
 * what arrives may differ from what was sent before somebody has to look. Those of the request hold until the transfer is over.
 */
public record TransferTerms(String policy, String rule, Duration within, int keep, int tolerance) {}
