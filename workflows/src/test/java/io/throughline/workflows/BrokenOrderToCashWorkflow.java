package io.throughline.workflows;

import io.throughline.domain.failure.FailureCode;
import io.throughline.workflows.call.Calls;
import io.throughline.workflows.finance.FinanceSteps;
import io.throughline.workflows.order.ChannelSteps;
import io.throughline.workflows.order.OrderInput;
import io.throughline.workflows.order.OrderToCashWorkflow;
import org.jspecify.annotations.Nullable;

/** Begins as orders do and then tells the ERP at once: no recorded order went that way. */
public final class BrokenOrderToCashWorkflow implements OrderToCashWorkflow {
    @Override
    public String run(OrderInput input) {
        Calls.to(ChannelSteps.class, input.channelQueue(), false, "read").call(step -> step.accept(input.order()));
        Calls.to(FinanceSteps.class, "erp", false, "announce").call(step -> step.announce(input.order()));
        return "COMPLETED";
    }

    @Override
    public void wake(String about) {}

    @Override
    public void stalled(String step, String about, FailureCode code, String caseId) {}

    @Override
    public String decide(String caseId, @Nullable String action) {
        return "";
    }

    @Override
    public void checkDecision(String caseId, @Nullable String action) {}

    @Override
    public void propose(@Nullable String caseId, @Nullable String action) {}

    @Override
    public String waitingFor() {
        return "";
    }
}
