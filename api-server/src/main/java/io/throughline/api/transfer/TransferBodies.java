package io.throughline.api.transfer;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.api.http.Parameters;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.transfer.Transfer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What clients and people tell of transfers. */
public final class TransferBodies {
    private TransferBodies() {}

    /** What shall go from where to where. */
    public record TransferRequest(
            String from,
            String to,

            @ArraySchema(minItems = 1, maxItems = Transfer.MOST_LINES)
            List<UnitsOfSku> lines,

            @Schema(description = "When it shall be there; without it the stock policy says how long it takes")
            Optional<Instant> expectedAt) {}

    /** Units of one SKU. */
    public record UnitsOfSku(
            String sku,
            @Schema(minimum = "0", maximum = "10000000") int units) {}

    /** So many have left, or have arrived. */
    public record UnitsTold(
            @ArraySchema(minItems = 1, maxItems = Transfer.MOST_LINES)
            List<UnitsOfSku> lines) {}

    /** By SKU, or the problem. {@code least} units of each. */
    static Map<Sku, Integer> units(
            List<UnitsOfSku> lines, int least, Catalog catalog, Bundles bundles, List<FieldError> errors) {
        if (lines.isEmpty() || lines.size() > Transfer.MOST_LINES) {
            errors.add(new FieldError("/lines", "1 to " + Transfer.MOST_LINES + " lines"));
        }
        Map<Sku, Integer> units = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            UnitsOfSku line = lines.get(i);
            String field = "/lines/" + i;
            Optional<Sku> sku = Parameters.name(line.sku(), Sku::of).filter(catalog::knows);
            if (sku.isEmpty()) {
                errors.add(new FieldError(field + "/sku", "a SKU of the catalogue"));
            } else if (bundles.isBundle(sku.get())) {
                errors.add(new FieldError(field + "/sku", "no bundle: name its components"));
            } else if (units.putIfAbsent(sku.get(), line.units()) != null) {
                errors.add(new FieldError(field + "/sku", "each SKU once"));
            }
            if (line.units() < least || line.units() > Movement.MOST_UNITS) {
                errors.add(new FieldError(field + "/units", least + " to " + Movement.MOST_UNITS));
            }
        }
        if (!errors.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, "The transfer breaks a rule.", List.copyOf(errors));
        }
        return units;
    }
}
