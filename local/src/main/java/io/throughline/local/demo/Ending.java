package io.throughline.local.demo;

import java.util.List;

/** How an order ended, on each axis, with the numbers of its documents in the ERP. */
public record Ending(
        String order, String status, String payment, String posting, List<String> facilities, List<String> documents) {
    public Ending {
        facilities = List.copyOf(facilities);
        documents = List.copyOf(documents);
    }
}
