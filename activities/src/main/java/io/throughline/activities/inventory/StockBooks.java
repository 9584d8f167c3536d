package io.throughline.activities.inventory;

import io.throughline.domain.availability.StockPolicies;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.StockAuthorities;
import io.throughline.domain.inventory.StockDrift;
import io.throughline.domain.inventory.StockObservations;

/** Where stock is booked, observed and compared. */
public record StockBooks(
        InventoryLedger ledger,
        StockObservations observations,
        StockDrift drift,
        StockAuthorities authorities,
        StockPolicies policies) {}
