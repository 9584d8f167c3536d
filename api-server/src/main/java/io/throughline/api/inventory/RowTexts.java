package io.throughline.api.inventory;

import io.throughline.api.http.CleanText;
import io.throughline.domain.inventory.FeedRow;
import io.throughline.domain.inventory.FeedRow.Field;
import java.util.Map;

/** Which texts of a row can be kept and shown. */
final class RowTexts {
    private RowTexts() {}

    static FeedRow checked(int line, Map<Field, String> fields) {
        for (Map.Entry<Field, String> field : fields.entrySet()) {
            String name = field.getKey().column();
            if (field.getValue().length() > FeedRow.LONGEST_TEXT) {
                return FeedRow.unreadable(line, name + " must have at most " + FeedRow.LONGEST_TEXT + " characters");
            }
            if (!CleanText.isClean(field.getValue())) {
                return FeedRow.unreadable(line, name + " has a character that is not allowed");
            }
        }
        return FeedRow.of(line, fields);
    }
}
