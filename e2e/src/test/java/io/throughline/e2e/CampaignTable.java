package io.throughline.e2e;

import io.throughline.e2e.Nemesis.Inflicted;
import io.throughline.e2e.ShopOrders.Kind;
import io.throughline.e2e.ShopOrders.Placed;
import io.throughline.local.StackPart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What was done in a campaign and what came of it. */
record CampaignTable(
        long seed,
        List<Inflicted> inflicted,
        List<Placed> placed,
        Map<String, String> unfinished,
        int effects,
        long overtaken,
        List<String> wrong) {
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-10s %6s %7s %13s %14s %15s",
                "process",
                "kills",
                "pauses",
                "longest pause",
                "paused in all",
                "back after kill"));
        FaultSchedule.VICTIMS.forEach(victim -> lines.add(row(victim)));
        for (Kind kind : Kind.values()) {
            long count = placed.stream().filter(order -> order.kind() == kind).count();
            if (count == 0) {
                continue;
            }
            lines.add(String.format(Locale.ROOT, "%4d orders %s", count, kind));
        }
        lines.add(String.format(Locale.ROOT, "%4d attempts woke beside their successors", overtaken));
        lines.add(String.format(
                Locale.ROOT,
                "seed %d: %d faults, %d orders, %d not ended well, %d effects, %d wrong",
                seed,
                inflicted.size(),
                placed.size(),
                unfinished.size(),
                effects,
                wrong.size()));
        return lines;
    }

    private String row(StackPart victim) {
        List<Duration> pauses =
                of(victim, Fault.Kind.PAUSE).map(one -> one.fault().away()).toList();
        List<Duration> kills = of(victim, Fault.Kind.KILL).map(Inflicted::took).toList();
        return String.format(
                Locale.ROOT,
                "%-10s %6d %7d %11.1f s %12.1f s %13.1f s",
                victim.label(),
                kills.size(),
                pauses.size(),
                pauses.stream().mapToDouble(CampaignTable::seconds).max().orElse(0),
                sum(pauses),
                kills.isEmpty() ? 0 : sum(kills) / kills.size());
    }

    private Stream<Inflicted> of(StackPart victim, Fault.Kind kind) {
        return inflicted.stream()
                .filter(one -> one.fault().victim() == victim && one.fault().kind() == kind);
    }

    private static double sum(Collection<Duration> durations) {
        return durations.stream().mapToDouble(CampaignTable::seconds).sum();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
