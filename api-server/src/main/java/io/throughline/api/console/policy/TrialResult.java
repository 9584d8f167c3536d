package io.throughline.api.console.policy;

import io.throughline.api.console.Words;
import io.throughline.api.console.policy.TrialPage.Figure;
import io.throughline.api.console.policy.TrialPage.Load;
import io.throughline.api.console.policy.TrialPage.Result;
import io.throughline.api.routing.RoutingTrialView;
import io.throughline.api.routing.RoutingTrialView.Figures;
import io.throughline.api.routing.RoutingTrialView.LeftOver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lays what two policies have made of the same orders side by side. */
final class TrialResult {
    private static final int FULL = 1000;

    private TrialResult() {}

    static Result of(RoutingTrialView trial) {
        return new Result(trial, figures(trial.active(), trial.candidate()), loads(trial.active(), trial.candidate()));
    }

    private static List<Figure> figures(Figures active, Figures candidate) {
        List<Figure> figures = new ArrayList<>();
        Map<String, Function<Figures, Object>> told = new LinkedHashMap<>();
        told.put("Orders", Figures::orders);
        told.put("Placed", Figures::placed);
        told.put("Units placed", Figures::placedUnits);
        told.put("Fill rate, %", Figures::fillRate);
        told.put("Parcels", Figures::parcels);
        told.put("Orders in several parts", Figures::splitOrders);
        told.put(
                "Kilometres a parcel",
                one -> one.kilometresPerParcel().map(Object::toString).orElse("–"));
        told.put(
                "Cost",
                one -> one.cost()
                        .map(cost -> cost + " " + one.currency().orElse(""))
                        .orElse("–"));
        told.put("Leave in time, %", Figures::promiseKept);
        told.forEach((name, figure) -> figures.add(
                new Figure(name, String.valueOf(figure.apply(active)), String.valueOf(figure.apply(candidate)))));
        TreeSet<String> left = new TreeSet<>();
        active.left().forEach(one -> left.add(one.otherwise()));
        candidate.left().forEach(one -> left.add(one.otherwise()));
        left.forEach(what ->
                figures.add(new Figure("Nobody found: " + Words.of(what), left(active, what), left(candidate, what))));
        return figures;
    }

    private static String left(Figures figures, String what) {
        return Integer.toString(figures.left().stream()
                .filter(one -> one.otherwise().equals(what))
                .mapToInt(LeftOver::orders)
                .sum());
    }

    private static List<Load> loads(Figures active, Figures candidate) {
        Map<String, Long> before = units(active);
        Map<String, Long> after = units(candidate);
        TreeSet<String> facilities = new TreeSet<>(before.keySet());
        facilities.addAll(after.keySet());
        long most = Math.max(
                1,
                facilities.stream()
                        .mapToLong(one -> Math.max(before.getOrDefault(one, 0L), after.getOrDefault(one, 0L)))
                        .max()
                        .orElse(1));
        return facilities.stream()
                .map(one -> {
                    long was = before.getOrDefault(one, 0L);
                    long would = after.getOrDefault(one, 0L);
                    return new Load(one, was, would, (int) (FULL * was / most), (int) (FULL * would / most));
                })
                .toList();
    }

    private static Map<String, Long> units(Figures figures) {
        return figures.loads().stream()
                .collect(Collectors.toMap(
                        RoutingTrialView.Load::facility, RoutingTrialView.Load::units, Long::sum, TreeMap::new));
    }
}
