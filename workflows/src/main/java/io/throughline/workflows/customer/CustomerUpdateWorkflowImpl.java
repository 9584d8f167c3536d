package io.throughline.workflows.customer;

import io.throughline.domain.customer.CustomerKey;
import io.throughline.workflows.call.Calls;

/** News that come while it reads are read too, before it ends. */
public final class CustomerUpdateWorkflowImpl implements CustomerUpdateWorkflow {
    private int news;

    @Override
    public void run(CustomerKey customer, String queue) {
        int read;
        do {
            read = news;
            Calls.to(CustomerSteps.class, queue, false, "read customer " + customer)
                    .call(step -> {
                        step.refresh(customer);
                        return true;
                    });
        } while (read < news);
    }

    @Override
    public void wake() {
        news++;
    }
}
