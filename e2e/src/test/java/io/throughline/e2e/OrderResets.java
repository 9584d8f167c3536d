package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.common.v1.WorkflowExecution;
import io.throughline.e2e.Journey.Stop;
import io.throughline.e2e.ShopOrders.Placed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Plays journeys with orders whose processes are reset on the way, beside one twin that is left alone. */
final class OrderResets {
    private static final int PLACED_AT_ONCE = 4;

    private final House house;
    private final Histories histories;
    private final Resets resets;

    OrderResets(House house, Histories histories, Resets resets) {
        this.house = house;
        this.histories = histories;
        this.resets = resets;
    }

    /** A process is reset to one of the tasks that it has had so far. */
    record Interruption(int stop, Moment moment, int task, Afterwards afterwards) {
        static final int LAST = Integer.MAX_VALUE;

        String words(Journey journey) {
            return ", reset " + moment + " '" + journey.stops().get(stop).name() + "' to "
                    + (task == LAST ? "its last task" : "task " + task)
                    + afterwards.words();
        }
    }

    /** What becomes of the signals that came after the task. */
    enum Afterwards {
        /** They are sent again, and nobody does more: such a run must go on by itself. */
        REPEATED(""),
        /** They are left out, and it is woken as the runbook says. */
        WOKEN(" without signals"),
        /** They are left out, and nobody wakes it: what it has looked at by then it looks at again by its deadline only. */
        ALONE(" without signals or a word");

        private final String words;

        Afterwards(String words) {
            this.words = words;
        }

        static Afterwards of(boolean withSignals) {
            return withSignals ? REPEATED : WOKEN;
        }

        String words() {
            return words;
        }
    }

    /** While it waits at a stop, or when it has just been told to go on from there. */
    enum Moment {
        AT,
        BEHIND
    }

    /** The twin that was left alone, and how many tasks it had had at each stop. */
    record Played(Journey journey, Placed twin, List<Integer> tasks) {}

    /** All wait at each stop until the last of them is there. Each must leave the same as the twin. */
    Played play(Journey journey, List<Interruption> interruptions) {
        Traveller twin = begin(journey, "");
        List<Traveller> interrupted =
                Beside.of(interruptions, PLACED_AT_ONCE, interruption -> begin(journey, interruption.words(journey)));
        List<Traveller> all = new ArrayList<>(interrupted);
        all.add(twin);
        List<Integer> tasks = new ArrayList<>();
        for (int at = 0; at < journey.stops().size(); at++) {
            Stop stop = journey.stops().get(at);
            Beside.each(all, one -> one.awaitStop(stop));
            tasks.add(resets.boundaries(twin.awaitRest()).size());
            interrupt(interrupted, interruptions, at, Moment.AT);
            Beside.each(all, one -> stop.onwards().accept(one.order()));
            interrupt(interrupted, interruptions, at, Moment.BEHIND);
            resets.tell(journey + ": " + all.size() + " orders are past '" + stop.name() + "'");
        }
        Beside.each(all, Traveller::awaitEnd);
        compare(interrupted, twin);
        resets.tell(journey + ": " + all.size() + " orders have ended the same");
        return new Played(journey, twin.order(), List.copyOf(tasks));
    }

    private Traveller begin(Journey journey, String remark) {
        return new Traveller(
                house, histories, resets, journey, journey.beginning().get(), remark);
    }

    private void interrupt(List<Traveller> all, List<Interruption> interruptions, int stop, Moment moment) {
        Beside.each(
                IntStream.range(0, all.size())
                        .filter(i -> interruptions.get(i).stop() == stop)
                        .filter(i -> interruptions.get(i).moment() == moment)
                        .boxed()
                        .toList(),
                i -> interrupt(all.get(i), interruptions.get(i)));
    }

    private void interrupt(Traveller one, Interruption interruption) {
        WorkflowExecution run = interruption.moment() == Moment.AT ? one.awaitRest() : one.run();
        List<Long> boundaries = resets.boundaries(run);
        long boundary = boundaries.get(Math.min(interruption.task(), boundaries.size() - 1));
        reset(run, boundary, interruption.afterwards());
    }

    private WorkflowExecution reset(WorkflowExecution run, long boundary, Afterwards afterwards) {
        WorkflowExecution again = resets.reset(run, boundary, afterwards == Afterwards.REPEATED);
        if (afterwards == Afterwards.WOKEN) {
            resets.wake(again);
        }
        return again;
    }

    private void compare(List<Traveller> interrupted, Traveller twin) {
        Footprints footprints = new Footprints(house);
        List<String> expected = footprints.of(twin.order());
        assertThat(expected).as(twin.toString()).isNotEmpty();
        interrupted.forEach(
                one -> assertThat(footprints.of(one.order())).as(one.toString()).isEqualTo(expected));
    }

    /** Resets the process of an order that has ended to each of its boundaries; each time it must end, and change nothing. */
    void resetEverywhere(Played played, boolean everyWay) {
        WorkflowExecution ended = histories.latest(played.journey().process().apply(played.twin()));
        List<String> before = new Footprints(house).of(played.twin());
        List<Long> boundaries = resets.boundaries(ended);
        for (int i = 0; i < boundaries.size(); i++) {
            for (Afterwards afterwards : everyWay ? every(i) : List.of(some(i))) {
                String what = played.journey() + " " + played.twin().id() + ", ended, reset to " + boundaries.get(i)
                        + afterwards.words();
                resets.awaitCompletion(what, reset(ended, boundaries.get(i), afterwards));
            }
        }
        assertThat(new Footprints(house).of(played.twin()))
                .as(played.journey() + " " + played.twin().id())
                .isEqualTo(before);
        resets.tell(played.journey() + ": ended the same again from each of its " + boundaries.size() + " tasks");
    }

    private static Afterwards some(int boundary) {
        return boundary == 0 ? Afterwards.ALONE : Afterwards.of(boundary % 2 == 0);
    }

    /** From its first task on a process looks at everything itself. */
    private static List<Afterwards> every(int boundary) {
        return boundary == 0 ? List.of(Afterwards.values()) : List.of(Afterwards.REPEATED, Afterwards.WOKEN);
    }
}
