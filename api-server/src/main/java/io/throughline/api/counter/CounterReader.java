package io.throughline.api.counter;

import io.throughline.api.access.Caller;
import io.throughline.api.order.Findings;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.api.trace.Spellings;
import io.throughline.domain.counter.CounterRequest;
import io.throughline.domain.counter.CounterReturns;
import io.throughline.domain.counter.SaleName;
import io.throughline.domain.counter.SerialNumber;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.returns.ConditionGrade;
import io.throughline.domain.returns.RefundTo;
import io.throughline.domain.sale.TillSaleId;
import io.throughline.domain.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes sense of what lies on a counter, or tells everything that is wrong with it: INVALID_CONTENT. */
public final class CounterReader {
    private static final int MOST_UNITS = 10_000;

    private final Facilities facilities;
    private final CounterReturns returns;
    private final Trace trace;

    public CounterReader(Facilities facilities, CounterReturns returns, Trace trace) {
        this.facilities = facilities;
        this.returns = returns;
        this.trace = trace;
    }

    /** A store's device takes back for its own stores only. */
    CounterRequest read(CounterSubmission submission, Caller caller) {
        Findings findings = new Findings();
        findings.visible("/sale", submission.sale(), Spellings.LONGEST_ID);
        Optional<FacilityId> store = store(submission.store(), findings);
        List<CounterRequest.Line> lines = lines(submission.lines(), findings);
        findings.throwIfAny("The request");
        requireWorkFor(caller, store.orElseThrow());
        return new CounterRequest(
                sale(submission.sale()).orElseThrow(CounterReader::unknownSale),
                store.orElseThrow(),
                submission.refundTo().orElse(RefundTo.ORIGINAL),
                lines);
    }

    private static ProblemException unknownSale() {
        return new ProblemException(
                ProblemType.INVALID_CONTENT,
                "No sale of a till is known by this.",
                List.of(new FieldError(
                        "/sale",
                        "an id on the receipt of a sale that is booked; what an order has sold comes back by"
                                + " POST /v1/returns")));
    }

    static void requireWorkFor(Caller caller, FacilityId store) {
        if (!caller.worksFor(store)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "This key is not for the store " + store + ".");
        }
    }

    private static List<CounterRequest.Line> lines(List<CounterSubmission.Line> submitted, Findings findings) {
        if (submitted.isEmpty() || submitted.size() > CounterSubmission.MOST_LINES) {
            findings.add("/lines", "1 to " + CounterSubmission.MOST_LINES + " lines");
            return List.of();
        }
        List<CounterRequest.Line> lines = new ArrayList<>();
        for (int i = 0; i < submitted.size(); i++) {
            CounterSubmission.Line line = submitted.get(i);
            String at = "/lines/" + i;
            boolean some = isSome(line.quantity(), at, findings);
            Optional<SerialNumber> serial = serial(line.serial(), line.quantity(), at, findings);
            findings.require(line.line() >= 1, at + "/line", "a line of the sale, counted from 1");
            Optional<ConditionGrade> grade = grade(line.grade(), at, findings);
            findings.require(
                    line.disposition().taken(),
                    at + "/disposition",
                    "what is not taken over a counter stays its customer's, and is left out");
            if (some && line.disposition().taken()) {
                grade.ifPresent(known -> lines.add(new CounterRequest.Line(
                        line.line(), line.quantity(), line.reason(), known, line.disposition(), serial)));
            }
        }
        return lines;
    }

    static Optional<ConditionGrade> grade(String text, String at, Findings findings) {
        return findings.attempt(
                at + "/grade", "a grade such as OPENED", Optional.empty(), () -> Optional.of(new ConditionGrade(text)));
    }

    static boolean isSome(int quantity, String at, Findings findings) {
        boolean some = quantity >= 1 && quantity <= MOST_UNITS;
        findings.require(some, at + "/quantity", "1 to " + MOST_UNITS + " units");
        return some;
    }

    /** Empty, with a finding, where it can't be that of the one unit of its line. */
    static Optional<SerialNumber> serial(Optional<String> text, int quantity, String at, Findings findings) {
        String pointer = at + "/serial";
        findings.require(text.isEmpty() || quantity == 1, pointer, "a serial number is of a line with one unit");
        return findings.attempt(
                        pointer,
                        "3 to 40 of letters, digits and . / _ -, a letter or digit first",
                        Optional.<SerialNumber>empty(),
                        () -> text.map(said -> new SerialNumber(said.toUpperCase(Locale.ROOT))))
                .filter(number -> quantity == 1);
    }

    Optional<FacilityId> store(String text, Findings findings) {
        return findings.attempt("/store", "a store", Optional.empty(), () -> Optional.of(store(text)));
    }

    private FacilityId store(String text) {
        return facilities
                .find(new FacilityId(text))
                .filter(facility -> facility.kind() == Facility.Kind.STORE)
                .map(Facility::id)
                .orElseThrow(() -> new IllegalArgumentException(text));
    }

    /** By its own name, or by any id that leads to a sale which a till's system has told. */
    Optional<SaleName> sale(String scanned) {
        return SaleName.of(scanned)
                .or(() -> TillSaleId.of(scanned).map(TillSaleId::key).flatMap(returns::saleOf))
                .or(() -> Spellings.lookUp(trace, Spellings.asked(scanned))
                        .flatMap(TillSaleId::of)
                        .map(TillSaleId::key)
                        .flatMap(returns::saleOf));
    }
}
