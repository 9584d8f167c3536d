package io.throughline.api;

import io.throughline.domain.access.ApiKeys;
import io.throughline.domain.availability.StockReading;
import io.throughline.domain.catalog.CatalogSyncs;
import io.throughline.domain.catalog.ProductCatalog;
import io.throughline.domain.customer.Customers;
import io.throughline.domain.customer.PersonalDataStore;
import io.throughline.domain.customer.Privacy;
import io.throughline.domain.event.EventSubscriptions;
import io.throughline.domain.finance.Journals;
import io.throughline.domain.inbox.Inbox;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.Interventions;
import io.throughline.domain.inventory.Baskets;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.StockImports;
import io.throughline.domain.order.OrderIntake;
import io.throughline.domain.order.Orders;
import io.throughline.domain.returns.Purchases;
import io.throughline.domain.routing.trial.RoutingHistory;
import io.throughline.domain.sale.StoreDays;
import io.throughline.domain.sale.StoreSales;
import io.throughline.domain.sale.TillSales;
import io.throughline.domain.trace.Trace;
import java.util.function.BooleanSupplier;

/** What this process reads and writes: everything is kept in PostgreSQL, and {@code reachable} tells whether that answers. */
public record Facts(
        Orders orders,
        OrderIntake intake,
        Inbox inbox,
        Cases cases,
        Interventions interventions,
        Trace trace,
        Journals journals,
        PersonalDataStore people,
        ApiKeys apiKeys,
        StockReading stock,
        EventSubscriptions subscriptions,
        StoreSales sales,
        TillSales tillSales,
        StoreDays days,
        InventoryLedger inventory,
        StockImports imports,
        ProductCatalog products,
        CatalogSyncs catalogSyncs,
        Customers customers,
        Privacy privacy,
        Baskets baskets,
        Purchases purchases,
        RoutingHistory routingHistory,
        BooleanSupplier reachable) {}
