package io.throughline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The way that an order's goods took: how it ended, and its work at facilities in the order in which it was given to them. */
record Route(boolean soldAtTill, String lifecycle, List<Work> works) {
    Route {
        works = List.copyOf(works);
    }

    /** Of an order as the API shows it. */
    static Route of(JsonNode order) {
        return new Route(
                order.at("/order/channel").asText().equals("POINT_OF_SALE"),
                order.at("/order/status/lifecycle").asText(),
                Json.list(order.path("fulfillmentOrders")).stream()
                        .map(Work::of)
                        .toList());
    }

    /** Of what was sold at a store's till and carried out. */
    static Route overTheCounter(String store) {
        return new Route(true, "COMPLETED", List.of(new Work(store, "CARRIED_OUT", "PICKED_UP")));
    }

    boolean split() {
        return works.stream().filter(Work::reachedTheBuyer).count() > 1;
    }

    /** In a few words: {@code warehouse WH-EAST}, {@code split WH-WEST + ST-HARBOR}, {@code ST-DOWNTOWN > ST-HARBOR}, {@code cancelled}. */
    String words() {
        if (!lifecycle.equals("COMPLETED")) {
            String end = lifecycle.toLowerCase(Locale.ROOT);
            return works.isEmpty() ? end : facilities(" + ", _ -> true) + " > " + end;
        }
        if (works.stream().noneMatch(Work::reachedTheBuyer)) {
            return "nothing to ship";
        }
        String last = facilities(" + ", Work::reachedTheBuyer);
        if (split()) {
            return "split " + last;
        }
        String before = facilities(" > ", Work::refused);
        return before.isEmpty() ? kind() + " " + last : before + " > " + last;
    }

    private String kind() {
        if (soldAtTill) {
            return "till";
        }
        Work only = works.stream().filter(Work::reachedTheBuyer).findFirst().orElseThrow();
        if (only.method().equals("PICKUP")) {
            return "pickup";
        }
        return only.facility().startsWith("WH-") ? "warehouse" : "store";
    }

    /** Where the fulfillment axis stands; what was handed over outdoes what somebody refused before. */
    String fulfillment() {
        Predicate<Work> last = works.stream().anyMatch(Work::handedOver) ? Work::handedOver : _ -> true;
        return works.isEmpty() ? "-" : joined(" ", last, Work::status);
    }

    private String facilities(String separator, Predicate<Work> which) {
        return joined(separator, which, Work::facility);
    }

    private String joined(String separator, Predicate<Work> which, Function<Work, String> words) {
        return works.stream().filter(which).map(words).distinct().collect(Collectors.joining(separator));
    }

    record Work(String facility, String method, String status) {
        private static Work of(JsonNode work) {
            return new Work(
                    work.path("facility").asText(),
                    work.path("method").asText(),
                    work.path("status").asText());
        }

        boolean handedOver() {
            return status.equals("SHIPPED") || status.equals("PICKED_UP") || status.equals("DELIVERED");
        }

        /** A gift card that is sent by mail leaves no facility. */
        boolean reachedTheBuyer() {
            return handedOver() && !method.equals("NONE");
        }

        boolean refused() {
            return status.equals("REJECTED") || status.equals("CANCELLED");
        }
    }
}
