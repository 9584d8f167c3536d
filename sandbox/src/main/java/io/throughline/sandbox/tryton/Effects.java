package io.throughline.sandbox.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.sandbox.core.Ledger;

/** Writes down what came to count in the company: quotations, postings, payments; drafts that come and go do not. */
final class Effects {
    private final Ledger ledger;

    Effects(Ledger ledger) {
        this.ledger = ledger;
    }

    void happened(String operation, String subject, String key, JsonNode detail) {
        ledger.effect(TrytonStandIn.SYSTEM, operation, subject, key, detail);
    }
}
