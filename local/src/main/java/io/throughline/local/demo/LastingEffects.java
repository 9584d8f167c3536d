package io.throughline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands of a ledger of effects. A demand that is taken back to a draft, to be moved to where its goods go from then, is quoted anew: its first
 * quotation stands no more. Each draft takes back one, so that a quotation that was really done twice still shows.
 */
public final class LastingEffects {
    private static final String QUOTE = "sale.sale.quote";
    private static final String DRAFT = "sale.sale.draft";

    private LastingEffects() {}

    /** {@code rows} in the order in which they happened. */
    public static List<JsonNode> of(List<JsonNode> rows) {
        List<JsonNode> lasting = new ArrayList<>();
        for (JsonNode row : rows) {
            int takenBack = row.path("operation").asText().equals(DRAFT) ? lastQuote(lasting, row) : -1;
            if (takenBack < 0) {
                lasting.add(row);
            } else {
                lasting.remove(takenBack);
            }
        }
        return lasting;
    }

    private static int lastQuote(List<JsonNode> lasting, JsonNode draft) {
        for (int index = lasting.size() - 1; index >= 0; index--) {
            JsonNode row = lasting.get(index);
            if (row.path("operation").asText().equals(QUOTE)
                    && row.path("subject").equals(draft.path("subject"))
                    && row.path("key").equals(draft.path("key"))) {
                return index;
            }
        }
        return -1;
    }
}
