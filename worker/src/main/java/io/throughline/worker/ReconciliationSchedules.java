package io.throughline.worker;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleUpdate;
import io.throughline.domain.account.Account;
import io.throughline.worker.inbox.Starts;
import io.throughline.workflows.reconciliation.ReconciliationWorkflow;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One schedule per channel account that is not off. Where the server has none (the in-memory one), this process starts the passes itself.
 */
final class ReconciliationSchedules {
    private static final Logger LOG = LoggerFactory.getLogger(ReconciliationSchedules.class);

    private final WorkflowClient workflows;
    private final ScheduleClient schedules;
    private final Duration every;

    ReconciliationSchedules(WorkflowClient workflows, ScheduleClient schedules, Duration every) {
        this.workflows = workflows;
        this.schedules = schedules;
        this.every = every;
    }

    void ensure(List<Account> accounts) {
        try {
            for (Account account : accounts) {
                if (account.isOff()) {
                    remove(account);
                } else {
                    ensure(account);
                }
            }
        } catch (ScheduleException refused) {
            if (!said(Status.Code.UNIMPLEMENTED, refused)) {
                throw refused;
            }
            LOG.warn("this Temporal server has no schedules: the reconciliations run only while this process does");
            startFromHere(accounts.stream().filter(account -> !account.isOff()).toList());
        }
    }

    private static boolean said(Status.Code code, ScheduleException refused) {
        return refused.getCause() instanceof StatusRuntimeException status
                && status.getStatus().getCode() == code;
    }

    private void startFromHere(List<Account> accounts) {
        Thread.ofVirtual().name("reconciliations").start(() -> {
            while (true) {
                accounts.forEach(this::startOnce);
                try {
                    Thread.sleep(every);
                } catch (InterruptedException stopped) {
                    return;
                }
            }
        });
    }

    private void startOnce(Account account) {
        ReconciliationWorkflow pass = workflows.newWorkflowStub(ReconciliationWorkflow.class, options(account));
        try {
            WorkflowClient.start(pass::run, account.id(), account.system().taskQueue());
        } catch (WorkflowExecutionAlreadyStarted stillRunning) {
            // The next one is due soon enough.
        } catch (RuntimeException unreachable) {
            LOG.warn("{} is not reconciled just now: {}", account.id(), unreachable.getMessage());
        }
    }

    private void ensure(Account account) {
        String id = idOf(account);
        Schedule schedule = schedule(account);
        try {
            schedules.createSchedule(
                    id,
                    schedule,
                    ScheduleOptions.newBuilder().setTriggerImmediately(true).build());
        } catch (ScheduleAlreadyRunningException exists) {
            schedules.getHandle(id).update(input -> new ScheduleUpdate(schedule));
        }
    }

    private void remove(Account account) {
        try {
            schedules.getHandle(idOf(account)).delete();
        } catch (ScheduleException refused) {
            if (!said(Status.Code.NOT_FOUND, refused)) {
                throw refused;
            }
        }
    }

    private static String idOf(Account account) {
        return "reconcile/" + account.id();
    }

    private static WorkflowOptions options(Account account) {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(idOf(account))
                .setTaskQueue(Starts.QUEUE)
                .build();
    }

    private Schedule schedule(Account account) {
        return Schedule.newBuilder()
                .setAction(ScheduleActionStartWorkflow.newBuilder()
                        .setWorkflowType(ReconciliationWorkflow.class)
                        .setArguments(account.id(), account.system().taskQueue())
                        .setOptions(options(account))
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
