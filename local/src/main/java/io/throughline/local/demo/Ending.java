package io.throughline.local.demo;

import java.util.List;

/** How an order ended, on each axis, which way it took, and the numbers of its documents in the ERP. */
public record Ending(String order, String status, String payment, String posting, Route route, List<String> documents) {
    public Ending {
        documents = List.copyOf(documents);
    }
}
