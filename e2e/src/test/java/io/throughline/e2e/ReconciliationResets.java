package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.schedules.ScheduleClient;
import io.throughline.local.demo.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes a channel lose something, and resets the process that finds it. */
final class ReconciliationResets<T> {
    private final House house;
    private final Histories histories;
    private final Resets resets;
    private final ComparedChannel<T> channel;
    private final ScheduleClient schedules;
    private final String schedule;

    ReconciliationResets(House house, Histories histories, Resets resets, ComparedChannel<T> channel) {
        this.house = house;
        this.histories = histories;
        this.resets = resets;
        this.channel = channel;
        this.schedules = histories.schedules();
        this.schedule = "reconcile/" + channel.account();
    }

    /** Every way of resetting it; gives what was found. */
    List<T> reset() {
        List<T> found = new ArrayList<>();
        found.add(resetEnded());
        channel.questions().forEach(question -> found.addAll(resetWaiting(question)));
        return found;
    }

    /** Found by a process that nobody disturbs and that is reset to each task afterwards. */
    private T resetEnded() {
        T lost = channel.lose();
        WorkflowExecution ended = trigger();
        resets.awaitCompletion("the reconciliation", ended);
        channel.awaitDone(lost);
        List<String> before = channel.traces(lost);
        for (long boundary : resets.boundaries(ended)) {
            for (boolean withSignals : List.of(true, false)) {
                resets.awaitCompletion(
                        "the reconciliation, ended, reset to " + boundary, resets.reset(ended, boundary, withSignals));
            }
        }
        assertThat(channel.traces(lost)).isEqualTo(before);
        resets.tell("a reconciliation of " + channel.account() + " ended the same again from each of its tasks");
        return lost;
    }

    /** The same while its channel gives no answer to one of its questions; each of its tasks in turn. Gives what was found. */
    private List<T> resetWaiting(String question) {
        List<T> found = new ArrayList<>();
        int boundaries = 1;
        for (int boundary = 0; boundary < boundaries; boundary++) {
            for (boolean withSignals : List.of(true, false)) {
                T lost = channel.lose();
                fail(question);
                WorkflowExecution waiting = trigger();
                resets.awaitRest("the reconciliation without " + question, waiting);
                List<Long> tasks = resets.boundaries(waiting);
                boundaries = tasks.size();
                WorkflowExecution again = resets.reset(waiting, tasks.get(boundary), withSignals);
                resets.awaitRest("the reconciliation again without " + question, again);
                house.stage().sandbox().delete("/faults");
                resets.awaitCompletion("the reconciliation, reset to " + tasks.get(boundary), again);
                channel.awaitDone(lost);
                found.add(lost);
            }
            resets.tell("a reconciliation that waited for its " + question + " went on from task " + (boundary + 1)
                    + " of " + boundaries);
        }
        return found;
    }

    private void fail(String question) {
        house.stage()
                .sandbox()
                .post(
                        "/faults",
                        Json.object()
                                .put("system", channel.system())
                                .put("operation", question)
                                .put("kind", "status")
                                .put("status", 503)
                                .put("times", 1_000_000));
    }

    /** Starts it now; gives its run. */
    private WorkflowExecution trigger() {
        Set<String> earlier = known();
        schedules.getHandle(schedule).trigger();
        Set<String> fresh = new TreeSet<>();
        Resets.await("a reconciliation to begin", () -> {
            fresh.addAll(known());
            fresh.removeAll(earlier);
            return !fresh.isEmpty();
        });
        return histories.latest(fresh.iterator().next());
    }

    private Set<String> known() {
        return histories.runs("WorkflowType = 'Reconciliation'").stream()
                .map(run -> run.getExecution().getWorkflowId())
                // The schedule adds the time: the accounts of others may begin with the same letters.
                .filter(id -> id.startsWith(schedule + "-2"))
                .collect(Collectors.toSet());
    }
}
