package io.throughline.api.basket;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.api.http.Parameters;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.order.LineQuantity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a cart or quote is to keep. */
@Schema(description = "What a cart or quote is to keep, all of it")
public record BasketSubmission(
        @Schema(
                description = "The client's own id of the basket, unique for ever",
                example = "CART-1001",
                pattern = "[A-Za-z0-9][A-Za-z0-9._:-]{0,99}")
        String basketId,

        @ArraySchema(minItems = 1, maxItems = MOST_LINES) List<Line> lines,

        @Schema(
                description = "The store where it shall be picked up; it is to be shipped if absent",
                example = "ST-HARBOR")
        Optional<String> facility,

        @Schema(
                description =
                        "How long it is kept from its first submission on; what the policy allows at most if absent",
                minimum = "1")
        Optional<Integer> minutes) {
    static final int MOST_LINES = 100;

    private static final int MOST_UNITS = 10_000;

    /** Units of one SKU. */
    @Schema(name = "BasketLine")
    public record Line(
            @Schema(example = "1") String id,
            @Schema(example = "NW-TEE-BLK-M") String sku,
            @Schema(minimum = "1", maximum = "10000") int quantity) {}

    List<FieldError> errors(Catalog catalog, Duration longest) {
        List<FieldError> errors = new ArrayList<>();
        if (lines.isEmpty() || lines.size() > MOST_LINES) {
            errors.add(new FieldError("/lines", "1 to " + MOST_LINES + " lines"));
        }
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            if (line.id().isBlank() || line.id().length() > 40 || !ids.add(line.id())) {
                errors.add(new FieldError("/lines/" + i + "/id", "1 to 40 characters, each line its own"));
            }
            if (Parameters.name(line.sku(), Sku::of).filter(catalog::knows).isEmpty()) {
                errors.add(new FieldError("/lines/" + i + "/sku", "a SKU of the catalogue"));
            }
            if (line.quantity() < 1 || line.quantity() > MOST_UNITS) {
                errors.add(new FieldError("/lines/" + i + "/quantity", "1 to " + MOST_UNITS + " units"));
            }
        }
        if (minutes.filter(kept -> kept < 1 || Duration.ofMinutes(kept).compareTo(longest) > 0)
                .isPresent()) {
            errors.add(new FieldError("/minutes", "1 to " + longest.toMinutes()));
        }
        return errors;
    }

    Duration keptFor(Duration longest) {
        return minutes.map(Duration::ofMinutes).orElse(longest);
    }

    List<LineQuantity> needs() {
        return lines.stream()
                .map(line -> new LineQuantity(line.id(), Sku.of(line.sku()), line.quantity()))
                .toList();
    }
}
