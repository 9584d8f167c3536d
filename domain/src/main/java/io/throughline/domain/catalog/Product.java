package io.throughline.domain.catalog;

import io.throughline.domain.account.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A product of the canonical catalogue. {@code contradictions} are what accounts say that do not own it, where it differs from what
 * counts.
 */
public record Product(Sku sku, Instant since, List<Known> attributes, List<Contradiction> contradictions) {
    public Product {
        attributes = List.copyOf(attributes);
        contradictions = List.copyOf(contradictions);
    }

    /** {@code at} is when we learnt it. */
    public record Known(Attribute attribute, Optional<String> value, AccountId source, Instant version, Instant at) {}

    /** {@code about} is the name of an attribute, or {@code PRICE} with channel and currency. */
    public record Contradiction(String about, Optional<String> value, AccountId source, Instant version, Instant at) {}
}
