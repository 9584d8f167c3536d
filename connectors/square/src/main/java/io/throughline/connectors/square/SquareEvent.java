package io.throughline.connectors.square;

import io.throughline.domain.account.AccountId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Something that happened at Square: a hint, whose facts are read. {@code eventId} is the same however often and whichever way it
 * comes; {@code order} is the Square order that it is about, if it is about one. {@code body} is the message as JSON.
 */
public record SquareEvent(
        AccountId account,
        String topic,
        String eventId,
        Optional<String> order,
        Optional<String> location,
        Instant at,
        String body) {
    static final String OF_STOCK = "inventory.count.updated";

    /** What is kept of it: the body, which may hold names and addresses, is not. */
    public Map<String, String> hint() {
        Map<String, String> hint = new TreeMap<>();
        hint.put("at", at.toString());
        location.ifPresent(place -> hint.put("location", place));
        return hint;
    }

    /** Whether it is about the stock of a location. */
    public boolean aboutStock() {
        return topic.equals(OF_STOCK);
    }

    /**
     * What messages must keep their order with: {@code work/<account>/<Square order>}, {@code stock/<account>} for all about stock, else
     * the topic.
     */
    public String subject() {
        return aboutStock()
                ? "stock/" + account
                : order.map(id -> "work/" + account + "/" + id).orElse(topic);
    }
}
