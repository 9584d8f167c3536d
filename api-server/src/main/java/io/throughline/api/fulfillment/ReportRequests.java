package io.throughline.api.fulfillment;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.fulfillment.PickupCode;
import io.throughline.domain.fulfillment.PickupProof;
import io.throughline.domain.fulfillment.StoreReport;
import io.throughline.domain.fulfillment.StoreReport.Ground;
import io.throughline.domain.fulfillment.StoreReport.Scope;
import io.throughline.domain.fulfillment.Tracking;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** The bodies of reports that say more than that something has happened. */
final class ReportRequests {
    private static final int LONGEST_WORDS = 200;
    private static final int MOST = 100;
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._/#-]{0,59}");

    private ReportRequests() {}

    /** Less was found than was asked for. */
    @Schema(description = "Of lines that are not named all units were found")
    public record ShortageRequest(
            @ArraySchema(minItems = 1, maxItems = MOST) List<FoundUnits> lines,
            Ground reason,
            @Schema(maxLength = LONGEST_WORDS) Optional<String> note) {
        StoreReport report() {
            limit(lines, "/lines");
            Map<String, Integer> found = new HashMap<>();
            for (int i = 0; i < lines.size(); i++) {
                if (found.put(lines.get(i).lineId(), lines.get(i).found()) != null) {
                    throw invalid("/lines/" + i + "/lineId", "each line once");
                }
            }
            return new StoreReport.Shortage(found, reason, words("/note", note));
        }
    }

    /** How many units of a line were found in all. */
    public record FoundUnits(
            String lineId, @Schema(minimum = "0") int found) {}

    /** The store does not do it. */
    @Schema(
            description =
                    "ITEM and SKU name lines, GROUP is about all of the work. SKU says that the store has nothing that"
                            + " it could sell of what these lines are about.")
    public record RejectionRequest(
            Scope scope,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> lines,
            Ground reason,
            @Schema(maxLength = LONGEST_WORDS) Optional<String> note) {
        StoreReport report() {
            if (scope == Scope.GROUP ? !lines.isEmpty() : lines.isEmpty() || lines.size() > MOST) {
                throw invalid("/lines", scope == Scope.GROUP ? "none" : "1 to " + MOST + " lines");
            }
            if (scope == Scope.SKU && reason != Ground.NOT_FOUND && reason != Ground.DAMAGED) {
                throw invalid("/reason", "NOT_FOUND or DAMAGED");
            }
            return new StoreReport.Rejection(scope, Set.copyOf(lines), reason, words("/note", note));
        }
    }

    /** What is shipped lies in these parcels. */
    public record PackingRequest(
            @JsonSetter(nulls = Nulls.AS_EMPTY)
            @ArraySchema(
                    maxItems = MOST,
                    arraySchema = @Schema(description = "At least one of what is shipped, none of what is collected"))
            List<Parcel> parcels) {
        StoreReport report() {
            if (parcels.size() > MOST) {
                throw invalid("/parcels", "at most " + MOST + " parcels");
            }
            List<StoreReport.PackedParcel> packed = new ArrayList<>();
            for (int i = 0; i < parcels.size(); i++) {
                packed.add(parcels.get(i).packed("/parcels/" + i));
            }
            return new StoreReport.Packing(packed);
        }
    }

    @Schema(
            description =
                    "A parcel with its carrier's number; or, where labels are bought for the store, without carrier and"
                            + " number. Either each parcel names what lies in it, or none does.")
    public record Parcel(
            Optional<String> carrier,
            Optional<String> trackingNumber,
            @Schema(minimum = "1") Optional<Integer> weightGrams,

            @JsonSetter(nulls = Nulls.AS_EMPTY) @ArraySchema(maxItems = MOST)
            List<PackedUnits> lines) {
        StoreReport.PackedParcel packed(String where) {
            if (carrier.isPresent() != trackingNumber.isPresent()) {
                throw invalid(
                        where + (carrier.isPresent() ? "/trackingNumber" : "/carrier"),
                        "carrier and number, or neither");
            }
            carrier.ifPresent(name -> named(where + "/carrier", name));
            trackingNumber.ifPresent(number -> named(where + "/trackingNumber", number));
            weightGrams.filter(grams -> grams < 1).ifPresent(grams -> {
                throw invalid(where + "/weightGrams", "at least 1");
            });
            Map<String, Integer> units = new HashMap<>();
            for (int i = 0; i < lines.size(); i++) {
                PackedUnits line = lines.get(i);
                if (line.quantity() < 1 || units.put(line.lineId(), line.quantity()) != null) {
                    throw invalid(where + "/lines/" + i, "each line once, with at least one unit");
                }
            }
            return new StoreReport.PackedParcel(
                    carrier.flatMap(name -> trackingNumber.map(number -> new Tracking(name, number))),
                    units,
                    weightGrams.map(OptionalInt::of).orElseGet(OptionalInt::empty));
        }
    }

    /** So many units of a line lie in a parcel. */
    public record PackedUnits(
            String lineId, @Schema(minimum = "1") int quantity) {}

    /** Who has collected it, and how that was checked. */
    public record HandoverRequest(
            @Schema(maxLength = LONGEST_WORDS, description = "Kept with the customer's personal data")
            Optional<String> collectedBy,

            @Schema(description = "The pickup code that was shown, as it was told the customer", example = "K7QM-X3PD")
            Optional<String> code,

            @Schema(description = "The document that was shown instead")
            Optional<PickupProof.Kind> document,

            @JsonSetter(nulls = Nulls.AS_EMPTY)
            @ArraySchema(
                    maxItems = MOST,
                    arraySchema =
                            @Schema(
                                    description = "What the customer has got, if it is not all that lies ready: these"
                                            + " and no others"))
            List<HandedUnits> lines,

            @Schema(
                    description =
                            "What becomes of what is not handed over: it WAITS for the customer as work of its own,"
                                    + " or it is NOT_FOUND and goes where a shortage goes. Needed with lines")
            Optional<StoreReport.Rest> rest) {
        StoreReport.Handover report() {
            if (code.isPresent() && document.isPresent()) {
                throw invalid("/document", "a code or a document");
            }
            return new StoreReport.Handover(
                    words("/collectedBy", collectedBy),
                    code.<PickupProof>map(shown -> new PickupProof.Code(read(shown)))
                            .or(() -> document.map(PickupProof.Document::new)),
                    part());
        }

        private Optional<StoreReport.HandedPart> part() {
            if (lines.isEmpty() != rest.isEmpty()) {
                throw invalid(lines.isEmpty() ? "/lines" : "/rest", "lines with what becomes of the rest, or neither");
            }
            if (lines.size() > MOST) {
                throw invalid("/lines", "at most " + MOST + " entries");
            }
            Map<String, Integer> units = new HashMap<>();
            for (int i = 0; i < lines.size(); i++) {
                if (units.put(lines.get(i).lineId(), lines.get(i).quantity()) != null) {
                    throw invalid("/lines/" + i + "/lineId", "each line once");
                }
            }
            return rest.map(what -> new StoreReport.HandedPart(units, what));
        }

        private static PickupCode read(String shown) {
            try {
                return PickupCode.of(shown);
            } catch (IllegalArgumentException noCode) {
                throw invalid("/code", "eight letters and digits, as in the customer's message");
            }
        }
    }

    /** So many units of a line were handed over. */
    public record HandedUnits(
            String lineId, @Schema(minimum = "0") int quantity) {}

    /** Where the customer waits. */
    public record ArrivalRequest(
            @Schema(
                    maxLength = LONGEST_WORDS,
                    example = "Bay 3",
                    description = "Kept with the customer's personal data")
            Optional<String> spot) {
        StoreReport report() {
            return new StoreReport.Arrival(words("/spot", spot));
        }
    }

    private static void limit(List<?> entries, String where) {
        if (entries.isEmpty() || entries.size() > MOST) {
            throw invalid(where, "1 to " + MOST + " entries");
        }
    }

    private static void named(String where, String text) {
        if (!NAME.matcher(text).matches()) {
            throw invalid(where, "1 to 60 letters, digits, blanks and . _ / # -");
        }
    }

    private static Optional<String> words(String where, Optional<String> given) {
        given.filter(text -> text.isBlank() || text.length() > LONGEST_WORDS).ifPresent(text -> {
            throw invalid(where, "1 to " + LONGEST_WORDS + " characters");
        });
        return given.map(String::strip);
    }

    static ProblemException invalid(String where, String rule) {
        return new ProblemException(
                ProblemType.INVALID_CONTENT, "The report breaks a rule.", List.of(new FieldError(where, rule)));
    }
}
