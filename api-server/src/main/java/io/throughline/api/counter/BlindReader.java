package io.throughline.api.counter;

import io.throughline.api.access.Caller;
import io.throughline.api.order.Findings;
import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.counter.BlindRequest;
import io.throughline.domain.counter.CustomerToken;
import io.throughline.domain.counter.SerialNumber;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.returns.ConditionGrade;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes sense of goods without a receipt, or tells everything that is wrong with them: INVALID_CONTENT. */
public final class BlindReader {
    private final CounterReader counters;
    private final Catalog known;

    public BlindReader(CounterReader counters, Catalog known) {
        this.counters = counters;
        this.known = known;
    }

    /** A store's device takes for its own stores only. */
    BlindRequest read(BlindSubmission submission, Caller caller) {
        Findings findings = new Findings();
        Optional<FacilityId> store = counters.store(submission.store(), findings);
        Optional<CustomerToken> customer = findings.attempt(
                "/customer",
                "a customer's id, or a hash or card number: 8 to 100 of A-Z, a-z, 0-9 and _ : = . -, no phone's number",
                Optional.empty(),
                () -> Optional.of(new CustomerToken(submission.customer())));
        List<BlindRequest.Line> lines = lines(submission.lines(), findings);
        findings.throwIfAny("The request");
        CounterReader.requireWorkFor(caller, store.orElseThrow());
        return new BlindRequest(store.orElseThrow(), customer.orElseThrow(), lines);
    }

    private List<BlindRequest.Line> lines(List<BlindSubmission.Line> submitted, Findings findings) {
        if (submitted.isEmpty() || submitted.size() > BlindSubmission.MOST_LINES) {
            findings.add("/lines", "1 to " + BlindSubmission.MOST_LINES + " lines");
            return List.of();
        }
        List<BlindRequest.Line> lines = new ArrayList<>();
        for (int i = 0; i < submitted.size(); i++) {
            read(submitted.get(i), "/lines/" + i, findings).ifPresent(lines::add);
        }
        return lines;
    }

    private Optional<BlindRequest.Line> read(BlindSubmission.Line line, String at, Findings findings) {
        Optional<Sku> sku = findings.attempt(
                at + "/sku", "a product that is sold here", Optional.empty(), () -> Optional.of(sold(line.sku())));
        Optional<ConditionGrade> grade = CounterReader.grade(line.grade(), at, findings);
        Optional<SerialNumber> serial = CounterReader.serial(line.serial(), line.quantity(), at, findings);
        boolean some = CounterReader.isSome(line.quantity(), at, findings);
        return some && sku.isPresent() && grade.isPresent()
                ? Optional.of(new BlindRequest.Line(sku.get(), line.quantity(), line.reason(), grade.get(), serial))
                : Optional.empty();
    }

    private Sku sold(String text) {
        Sku sku = Sku.of(text);
        if (!known.knows(sku)) {
            throw new IllegalArgumentException(text);
        }
        return sku;
    }
}
