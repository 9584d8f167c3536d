package io.throughline.e2e;

import io.throughline.e2e.ShopOrders.Placed;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A way that an order goes: how it begins, where it waits for somebody, and the status that it ends with. {@code process} is the workflow that
 * is looked at: the order's own, or one beside it.
 */
record Journey(
        String name, Supplier<Placed> beginning, List<Stop> stops, String end, Function<Placed, String> process) {
    Journey {
        stops = List.copyOf(stops);
    }

    Journey(String name, Supplier<Placed> beginning, List<Stop> stops, String end) {
        this(name, beginning, stops, end, Placed::process);
    }

    /** {@code onwards} is what somebody does there so that the order goes on. */
    record Stop(String name, Predicate<Placed> reached, Consumer<Placed> onwards) {}

    @Override
    public String toString() {
        return name;
    }
}
