package io.throughline.domain.counter;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.money.Money;
import io.throughline.domain.returns.ConditionGrade;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.FraudRules;
import io.throughline.domain.returns.Refund;
import java.util.List;
import java.util.Optional;

/** What would become of goods that lie on a counter without a receipt just now; nothing is kept of it. */
public record BlindPreview(
        String policyVersion,
        List<Objection> objections,
        FraudRules.Verdict byScore,
        Origin.Unreceipted origin,
        List<Value> values,
        Refund refund,
        List<CounterReturn.Line> lines,
        List<CounterReturn.Part> parts) {
    public BlindPreview {
        objections = List.copyOf(objections);
        values = List.copyOf(values);
        lines = List.copyOf(lines);
        parts = List.copyOf(parts);
    }

    /** What speaks against it, by its place in the policy; {@code line} counts those of the request from 0, empty: against the whole. */
    public record Objection(Optional<Integer> line, String rule, String why) {}

    /** What a line is worth, and how that comes about. Without a lowest price it is worth nothing that anybody knows. */
    public record Value(
            Sku sku,
            int quantity,
            ConditionGrade grade,
            Optional<Disposition> disposition,
            Optional<Money> lowest,
            int percent,
            Money value,
            String rule) {}

    public boolean allowed() {
        return objections.isEmpty();
    }

    public boolean needsSecondPerson() {
        return !origin.secondPerson().isEmpty();
    }
}
