package io.throughline.workflows.customer;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import io.throughline.domain.customer.CustomerKey;

/** Reads a customer again because their channel has told of a change. Its id is {@code customer/<account>/<external id>}. */
@WorkflowInterface
public interface CustomerUpdateWorkflow {
    @WorkflowMethod(name = "CustomerUpdate")
    void run(CustomerKey customer, String queue);

    @SignalMethod(name = "wake", description = "The customer has changed: read again")
    void wake();
}
