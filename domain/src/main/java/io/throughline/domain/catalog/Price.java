package io.throughline.domain.catalog;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.money.Money;
import java.time.Instant;

/** What one unit costs at a channel, or in the list of an ERP, from an instant on. */
public record Price(Sku sku, AccountId channel, Money amount, AccountId source, Instant version, Instant validFrom) {}
