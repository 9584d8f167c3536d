package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.inventory.Booking;
import io.throughline.domain.inventory.IncomingSupply;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.store.fulfillment.RoutingRows;
import io.throughline.store.internal.TraceWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * What one transaction has to tell in the lines of several orders. Written last and in the order of their names, so that two such
 * transactions don't wait for each other in a circle.
 */
final class Telling {
    private final TreeMap<String, List<Entry>> entries = new TreeMap<>();
    private final TreeMap<String, Set<StockHints.News>> hints = new TreeMap<>();
    private final TreeSet<OrderId> waiting = new TreeSet<>(Comparator.comparing(OrderId::value));

    private record Entry(String kind, String summary, Map<String, String> detail, Set<String> links) {}

    /** Nothing is told when nothing is new. */
    Telling commitment(OrderId order, Commitments.Answer answer) {
        boolean waits = !answer.waiting().isEmpty();
        if (answer.reserved().isEmpty() && !waits) {
            return this;
        }
        if (waits) {
            waitsOtherwise(order);
        }
        Map<String, String> detail = detail(answer.reserved());
        answer.waiting()
                .forEach(wait -> detail.put(
                        wait.sku() + " for " + wait.lineId(), wait.units() + " promised for " + wait.promisedAt()));
        String reserved = answer.reserved().isEmpty() ? "nothing yet" : words(answer.reserved());
        return add(
                order,
                waits ? "stock.backordered" : "stock.reserved",
                "reserved " + reserved + (waits ? ", the rest waits for its supply" : ""),
                detail,
                Set.of());
    }

    Telling tookOver(OrderId order, String basket) {
        return add(
                        order,
                        "stock.taken-over",
                        "took over what basket " + basket + " had kept",
                        Map.of("basket", basket),
                        Set.of())
                .waitsOtherwise(order);
    }

    /** What an order waited for, and does not want any more. */
    Telling dropped(OrderId order, List<LineQuantity> units) {
        return units.isEmpty()
                ? this
                : units(order, "stock.released", "it waits no more for what was taken off it", units, Map.of())
                        .waitsOtherwise(order);
    }

    /** What an order waits for, or until when, has changed: what its customer was promised as a whole may have, too. */
    Telling waitsOtherwise(OrderId order) {
        waiting.add(order);
        return this;
    }

    /** Work that was given out. */
    Telling work(OrderId order, String kind, RoutingPlan plan, List<FulfillmentOrder> created) {
        Map<String, String> detail = new TreeMap<>(RoutingRows.detail(plan.considered()));
        Set<String> links = new HashSet<>();
        created.forEach(work -> {
            detail.put(work.id().value(), work.facility() + " " + work.method() + " " + words(work.lines()));
            links.add(work.id().value());
            work.channelWork().ifPresent(links::add);
        });
        detail.putAll(RoutingRows.parts(created, line -> true));
        detail.put(
                "units",
                Integer.toString(created.stream()
                        .flatMap(work -> work.lines().stream())
                        .mapToInt(LineQuantity::quantity)
                        .sum()));
        return add(order, kind, plan.reason(), detail, links);
    }

    /** What became of units of an order. */
    Telling units(OrderId order, String kind, String summary, List<LineQuantity> units, Map<String, String> more) {
        Map<String, String> detail = detail(units);
        detail.putAll(more);
        return add(order, kind, summary, detail, Set.of());
    }

    /** What goods of an order that have left meant for it and for others. */
    Telling left(OrderId order, Booking booking) {
        if (booking.newShortfall() > 0) {
            add(
                    order,
                    "stock.short",
                    booking.newShortfall() + " more left than the ledger had",
                    Map.of("units", Integer.toString(booking.newShortfall())),
                    Set.of());
        }
        return booking(booking, order + " left with it");
    }

    /** Who lost and who got stock by a booking. */
    Telling booking(Booking booking, String cause) {
        for (Booking.Displaced lost : booking.displaced()) {
            hint(lost.work().order(), StockHints.News.DISPLACED);
            add(
                    lost.work().order(),
                    "stock.displaced",
                    "the stock reserved for " + lost.work() + " is gone: " + cause,
                    Map.of(lost.sku().value(), Integer.toString(lost.units()), "line", lost.lineId()),
                    Set.of());
        }
        return freed(booking.freed(), cause).repromised(booking.repromised(), cause);
    }

    Telling offered(Backorders.Offer offer, String cause) {
        return freed(offer.freed(), cause).repromised(offer.repromised(), cause);
    }

    private Telling freed(List<Booking.Freed> booked, String cause) {
        for (Booking.Freed got : booked) {
            got.order().ifPresent(order -> {
                hint(order, StockHints.News.FREED);
                waitsOtherwise(order);
                add(
                        order,
                        "stock.freed",
                        "what it waited for can be had: " + cause,
                        Map.of(got.sku().value(), Integer.toString(got.units()), "line", got.lineId()),
                        Set.of());
            });
        }
        return this;
    }

    /** Who waits for another date than was said. */
    Telling repromised(List<IncomingSupply.Repromised> changed, String cause) {
        for (IncomingSupply.Repromised wait : changed) {
            wait.order().ifPresent(order -> {
                waitsOtherwise(order);
                hint(order, wait.before().isEmpty() ? StockHints.News.EXPECTED : StockHints.News.REPROMISED);
                add(
                        order,
                        "stock.repromised",
                        wait.sku() + " for " + wait.lineId() + " is promised for "
                                + wait.now().map(Instant::toString).orElse("no day that is known") + ": " + cause,
                        dates(wait),
                        Set.of());
            });
        }
        return this;
    }

    private static Map<String, String> dates(IncomingSupply.Repromised wait) {
        Map<String, String> dates = new TreeMap<>(Map.of("sku", wait.sku().value(), "line", wait.lineId()));
        wait.before().ifPresent(before -> dates.put("before", before.toString()));
        wait.now().ifPresent(now -> dates.put("promisedAt", now.toString()));
        return dates;
    }

    void write(Handle handle, TraceWriter trace) {
        entries.forEach((order, told) -> told.forEach(
                entry -> trace.append(handle, order, entry.kind(), entry.summary(), entry.detail(), entry.links())));
        for (OrderId order : waiting) {
            OrderPromises.note(handle, order, trace)
                    .filter(moved -> !hints.containsKey(order.value()))
                    .ifPresent(moved -> hint(order, StockHints.News.REPROMISED));
        }
        hints.forEach((order, all) -> all.forEach(news -> StockHints.tell(handle, order, news, trace.now())));
    }

    private void hint(OrderId order, StockHints.News news) {
        hints.computeIfAbsent(order.value(), unknown -> EnumSet.noneOf(StockHints.News.class))
                .add(news);
    }

    private Telling add(OrderId order, String kind, String summary, Map<String, String> detail, Set<String> links) {
        entries.computeIfAbsent(order.value(), unknown -> new ArrayList<>())
                .add(new Entry(kind, summary, detail, links));
        return this;
    }

    private static String words(Collection<LineQuantity> units) {
        return bySku(units).entrySet().stream()
                .map(part -> part.getValue() + " × " + part.getKey())
                .collect(Collectors.joining(", "));
    }

    private static Map<String, String> detail(Collection<LineQuantity> units) {
        Map<String, String> detail = new TreeMap<>();
        bySku(units).forEach((sku, quantity) -> detail.put(sku.value(), quantity.toString()));
        return detail;
    }

    private static Map<Sku, Integer> bySku(Collection<LineQuantity> units) {
        return units.stream()
                .collect(Collectors.groupingBy(
                        LineQuantity::sku, TreeMap::new, Collectors.summingInt(LineQuantity::quantity)));
    }
}
