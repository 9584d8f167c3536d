package io.throughline.activities.inventory;

import io.throughline.domain.availability.StockPolicies;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Republications;
import io.throughline.domain.inventory.ShownPlaces;
import io.throughline.domain.inventory.StockAuthorities;
import io.throughline.domain.inventory.StockDrift;
import io.throughline.domain.inventory.StockObservations;

/** Where stock is booked, observed and compared, and how systems that show it are told again. */
public record StockBooks(
        InventoryLedger ledger,
        StockObservations observations,
        StockDrift drift,
        StockAuthorities authorities,
        StockPolicies policies,
        ShownPlaces shown,
        Republications republications) {}
