package io.throughline.activities.returns;

import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnParcel;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What people are told of a return. Customers are told facts, of which their message speaks. */
final class ReturnWords {
    private ReturnWords() {}

    static String day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC).toString();
    }

    /** To what its money goes. */
    static String of(Return.Repayment repayment) {
        return repayment.parts().stream()
                        .map(part -> part.amount().shop() + " " + part.gateway())
                        .collect(Collectors.joining(", "))
                + repayment
                        .issued()
                        .map(issued ->
                                ", refund " + issued.reference() + (issued.ours() ? "" : ", made by somebody else"))
                        .orElse("");
    }

    /** How the goods are to be sent. */
    static Map<String, String> ofAuthorised(Return returned) {
        Map<String, String> facts = new HashMap<>();
        facts.put("return", returned.id().value());
        facts.put("until", day(returned.dueAt()));
        returned.fromCustomer().ifPresent(parcel -> {
            addNumber(facts, parcel);
            parcel.label().ifPresent(label -> facts.put("label", label));
            if (parcel.tracking().isEmpty()) {
                facts.put("ownLabel", "true");
            }
        });
        return facts;
    }

    /** What of it goes back in a parcel, and why. */
    static Map<String, String> ofSentBack(Return returned, ReturnParcel parcel) {
        Map<String, String> facts = new HashMap<>();
        facts.put("return", returned.id().value());
        facts.put(
                "because",
                backIn(returned, parcel).map(Back::reason).distinct().sorted().collect(Collectors.joining(", ")));
        facts.put("units", backIn(returned, parcel).map(Back::units).collect(Collectors.joining(", ")));
        addNumber(facts, parcel);
        return facts;
    }

    private record Back(String reason, String units) {}

    private static Stream<Back> backIn(Return returned, ReturnParcel parcel) {
        return returned.lines().stream()
                .flatMap(line -> line.inspections().stream()
                        .flatMap(found -> found.back().stream()
                                .filter(back -> back.parcel().equals(parcel.id()))
                                .map(back -> new Back(
                                        back.reason()
                                                .name()
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', ' '),
                                        found.quantity() + " × " + line.sku()))));
    }

    private static void addNumber(Map<String, String> facts, ReturnParcel parcel) {
        parcel.tracking().ifPresent(tracking -> {
            facts.put("carrier", tracking.carrier());
            facts.put("tracking", tracking.number());
        });
    }

    /** Why somebody has to ask after its goods. */
    static String ofOverdue(Return returned) {
        String late = "not all of " + returned.id() + " has come in time";
        return returned.fromCustomer()
                .map(parcel -> switch (returned.goods()) {
                    case DELIVERED ->
                        number(parcel) + " was delivered to " + parcel.facility() + " at " + since(parcel)
                                + ", and nobody has received " + returned.id();
                    case IN_TRANSIT ->
                        number(parcel) + " has been " + parcel.status() + " since " + since(parcel) + ": " + late;
                    case AUTHORISED ->
                        parcel.status().astray() ? number(parcel) + " is " + parcel.status() + ": " + late : late;
                    case PARTLY_RECEIVED, RECEIVED, INSPECTED, NOT_TO_COME, REFUSED -> late;
                })
                .orElse(late);
    }

    private static String number(ReturnParcel parcel) {
        return "parcel "
                + parcel.tracking().map(Tracking::number).orElse(parcel.id().value());
    }

    private static Instant since(ReturnParcel parcel) {
        return parcel.at().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Why there is no money to be given. */
    static String ofNothing(Return returned) {
        return returned.lines().stream().anyMatch(line -> line.sentBack() > 0)
                ? "nothing of what has come back was taken: it goes back to the customer"
                : "nothing has come back that money could be given for";
    }
}
