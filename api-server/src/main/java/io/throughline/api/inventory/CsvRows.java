package io.throughline.api.inventory;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.inventory.FeedRow;
import io.throughline.domain.inventory.FeedRow.Field;
import io.throughline.domain.inventory.WarehouseFeed.Mode;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Consumer;

/** Rows of a CSV (RFC 4180, commas) whose first line names the columns. */
final class CsvRows {
    private static final Set<Field> OF_LEVELS = EnumSet.of(Field.SKU, Field.QUANTITY);
    private static final Set<Field> OF_MOVEMENTS =
            EnumSet.of(Field.ID, Field.KIND, Field.SKU, Field.QUANTITY, Field.OCCURRED_AT);

    private CsvRows() {}

    static void read(Reader text, Mode mode, Consumer<FeedRow> rows) throws IOException {
        long line = 1;
        try (CsvReader<CsvRecord> csv = CsvReader.builder()
                .skipEmptyLines(true)
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)) {
            Iterator<CsvRecord> records = csv.iterator();
            if (!records.hasNext()) {
                return;
            }
            List<Field> columns = columns(records.next(), mode);
            while (records.hasNext()) {
                CsvRecord record = records.next();
                line = record.getStartingLineNumber();
                rows.accept(row(record, columns));
            }
        } catch (CsvParseException | NoSuchElementException unreadable) {
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST, "The body is not readable as CSV after line " + line + ".");
        } catch (UncheckedIOException torn) {
            throw torn.getCause();
        }
    }

    private static List<Field> columns(CsvRecord heading, Mode mode) {
        List<Field> columns = new ArrayList<>();
        for (String given : heading.getFields()) {
            String name = given.replace("\uFEFF", "").strip().toLowerCase(Locale.ROOT);
            Field field = Field.ofColumn(name)
                    .filter(known -> !columns.contains(known))
                    .orElseThrow(() ->
                            heading("names each of its columns once, with any of " + names(List.of(Field.values()))));
            columns.add(field);
        }
        Set<Field> needed = mode == Mode.FULL ? OF_LEVELS : OF_MOVEMENTS;
        if (!columns.containsAll(needed)) {
            throw heading("has for a " + mode + " feed at least " + names(needed));
        }
        return columns;
    }

    private static ProblemException heading(String rule) {
        return new ProblemException(ProblemType.MALFORMED_REQUEST, "The first line of the CSV " + rule + ".");
    }

    private static String names(Iterable<Field> fields) {
        List<String> names = new ArrayList<>();
        fields.forEach(field -> names.add(field.column()));
        return String.join(", ", names);
    }

    private static FeedRow row(CsvRecord record, List<Field> columns) {
        int line = Math.toIntExact(record.getStartingLineNumber());
        if (record.getFieldCount() != columns.size()) {
            return FeedRow.unreadable(
                    line, "it has " + record.getFieldCount() + " fields, and the first line " + columns.size());
        }
        Map<Field, String> fields = new EnumMap<>(Field.class);
        for (int i = 0; i < columns.size(); i++) {
            fields.put(columns.get(i), record.getField(i));
        }
        return RowTexts.checked(line, fields);
    }
}
