package io.throughline.api.inventory;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.api.http.Parameters;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.inventory.CountStep;
import io.throughline.domain.inventory.Movement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What somebody has counted in a facility. */
public record CountSubmission(
        @Schema(
                description =
                        "The client's own name for this count; the same again is the same count, and what it said first"
                                + " stands",
                example = "2026-11-25/aisle-7")
        String countId,

        @Schema(description = "When the units were counted: what is sold later comes off, whenever it is told")
        Instant countedAt,

        @ArraySchema(minItems = 1, maxItems = MOST_LINES) List<CountedLine> lines) {
    static final int MOST_LINES = 500;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}");
    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

    /** Units of one SKU. */
    public record CountedLine(
            String sku,
            @Schema(minimum = "0", maximum = "10000000") int counted) {}

    List<FieldError> errors(Catalog catalog, Bundles bundles, Instant now) {
        List<FieldError> errors = new ArrayList<>();
        if (!NAME.matcher(countId).matches()) {
            errors.add(new FieldError("/countId", "1 to 100 of letters, digits and . _ : / -"));
        }
        if (countedAt.isAfter(now.plus(CLOCKS_APART))) {
            errors.add(new FieldError("/countedAt", "not in the future"));
        }
        if (lines.isEmpty() || lines.size() > MOST_LINES) {
            errors.add(new FieldError("/lines", "1 to " + MOST_LINES + " lines"));
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            CountedLine line = lines.get(i);
            Optional<Sku> sku = Parameters.name(line.sku(), Sku::of);
            if (sku.filter(catalog::knows).isEmpty()) {
                errors.add(new FieldError("/lines/" + i + "/sku", "a SKU of the catalogue"));
            } else if (bundles.isBundle(sku.get())) {
                errors.add(new FieldError("/lines/" + i + "/sku", "no bundle: count its components"));
            } else if (!seen.add(line.sku())) {
                errors.add(new FieldError("/lines/" + i + "/sku", "each SKU once"));
            }
            if (line.counted() < 0 || line.counted() > Movement.MOST_UNITS) {
                errors.add(new FieldError("/lines/" + i + "/counted", "0 to " + Movement.MOST_UNITS));
            }
        }
        return errors;
    }

    CountStep step(CountedLine line) {
        return new CountStep(countId, line.counted(), countedAt);
    }
}
