package io.throughline.worker;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleUpdate;
import io.throughline.domain.account.Account;
import io.throughline.workflows.reconciliation.ReconciliationWorkflow;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One schedule per channel account. A server without schedules (the in-memory one) reconciles nothing, and the log says so. */
final class ReconciliationSchedules {
    private static final Logger LOG = LoggerFactory.getLogger(ReconciliationSchedules.class);

    private final ScheduleClient client;
    private final Duration every;

    ReconciliationSchedules(ScheduleClient client, Duration every) {
        this.client = client;
        this.every = every;
    }

    void ensure(List<Account> accounts) {
        try {
            accounts.forEach(this::ensure);
        } catch (StatusRuntimeException refused) {
            if (refused.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
                LOG.warn("this Temporal server has no schedules: orders whose webhooks are lost are not found");
            } else {
                throw refused;
            }
        }
    }

    private void ensure(Account account) {
        String id = "reconcile/" + account.id();
        Schedule schedule = schedule(account, id);
        try {
            client.createSchedule(
                    id,
                    schedule,
                    ScheduleOptions.newBuilder().setTriggerImmediately(true).build());
        } catch (ScheduleAlreadyRunningException exists) {
            client.getHandle(id).update(input -> new ScheduleUpdate(schedule));
        }
    }

    private Schedule schedule(Account account, String id) {
        return Schedule.newBuilder()
                .setAction(ScheduleActionStartWorkflow.newBuilder()
                        .setWorkflowType(ReconciliationWorkflow.class)
                        .setArguments(account.id(), account.system().taskQueue())
                        .setOptions(WorkflowOptions.newBuilder()
                                .setWorkflowId(id)
                                .setTaskQueue("orders")
                                .build())
                        .build())
                .setSpec(ScheduleSpec.newBuilder()
                        .setIntervals(List.of(new ScheduleIntervalSpec(every)))
                        .build())
                .setPolicy(SchedulePolicy.newBuilder()
                        .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
                        .build())
                .build();
    }
}
