package io.throughline.local.demo;

import java.util.List;

/**
 * How an order, or a sale at a till, ended, on each axis, which way it took, and the numbers of its documents in the ERP. {@code names} are
 * those by which everybody who did something for it knows it.
 */
public record Ending(
        String order,
        List<String> names,
        String status,
        String payment,
        String posting,
        Route route,
        List<String> documents) {
    public Ending {
        names = List.copyOf(names);
        documents = List.copyOf(documents);
    }
}
