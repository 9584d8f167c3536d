package io.throughline.activities.customer;

import io.throughline.activities.call.Obstacles;
import io.throughline.activities.catalog.CatalogSources;
import io.throughline.domain.customer.CustomerKey;
import io.throughline.domain.customer.Customers;
import io.throughline.domain.intervention.Cases;
import io.throughline.workflows.customer.CustomerSteps;

/** Reads customers where they are kept. One whom their channel no longer has stays as they were, until somebody erases them. */
public final class CustomerStepsImpl implements CustomerSteps {
    private final CatalogSources sources;
    private final Customers customers;
    private final Obstacles obstacles;

    public CustomerStepsImpl(CatalogSources sources, Customers customers, Cases cases) {
        this.sources = sources;
        this.customers = customers;
        this.obstacles = new Obstacles("customer", cases);
    }

    @Override
    public void refresh(CustomerKey customer) {
        obstacles.overcome(customer.account(), "customer.refresh", () -> {
            sources.customers(customer.account()).read(customer).ifPresent(read -> customers.take(customer, read));
            return true;
        });
    }
}
