package io.throughline.e2e;

import io.temporal.api.common.v1.WorkflowExecution;
import io.throughline.e2e.Journey.Stop;
import io.throughline.e2e.ShopOrders.Placed;

/** An order on its journey, with what is to be said about it when it does not come to where it should. */
final class Traveller {
    private final House house;
    private final Histories histories;
    private final Resets resets;
    private final Journey journey;
    private final Placed order;
    private final String remark;

    Traveller(House house, Histories histories, Resets resets, Journey journey, Placed order, String remark) {
        this.house = house;
        this.histories = histories;
        this.resets = resets;
        this.journey = journey;
        this.order = order;
        this.remark = remark;
    }

    Placed order() {
        return order;
    }

    Journey journey() {
        return journey;
    }

    void travel() {
        travelBehind(0);
    }

    /** So many stops are behind it. */
    void travelBehind(int stops) {
        journey.stops().stream().skip(stops).forEach(stop -> {
            awaitStop(stop);
            stop.onwards().accept(order);
        });
        awaitEnd();
    }

    void awaitStop(Stop stop) {
        Resets.await(
                this + " to come to '" + stop.name() + "'",
                () -> stop.reached().test(order),
                () -> new Footprints(house).of(order));
    }

    WorkflowExecution run() {
        return histories.latest(journey.process().apply(order));
    }

    /** Gives the run that waits, or tries again and again, for what will come from outside. */
    WorkflowExecution awaitRest() {
        WorkflowExecution run = run();
        resets.awaitRest(toString(), run);
        return run;
    }

    void awaitEnd() {
        Resets.await(
                this + " to be " + journey.end(),
                () -> house.stage()
                        .order(order.id())
                        .map(found -> found.at("/order/status/lifecycle").asText())
                        .filter(journey.end()::equals)
                        .isPresent(),
                () -> new Footprints(house).of(order));
        resets.awaitCompletion(toString(), run());
    }

    @Override
    public String toString() {
        return journey + " " + order.id() + remark;
    }
}
