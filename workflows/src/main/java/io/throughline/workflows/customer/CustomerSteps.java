package io.throughline.workflows.customer;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.throughline.domain.customer.CustomerKey;

/** What the keeping of a customer does. */
@ActivityInterface(namePrefix = "customer.")
public interface CustomerSteps {
    /** Reads the customer at their channel and keeps what it says, if that channel owns it. */
    @ActivityMethod
    void refresh(CustomerKey customer);
}
