package io.throughline.api.inventory;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.inventory.FeedRow;
import io.throughline.domain.inventory.FeedRow.Field;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Rows as JSON objects: one on each line, or all in one array. */
final class JsonRows {
    private static final int LONGEST_LINE = 20_000;

    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(8)
                            .maxNumberLength(40)
                            .maxStringLength(LONGEST_LINE)
                            .maxNameLength(200)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .reader();

    private JsonRows() {}

    static void readLines(Reader text, Consumer<FeedRow> rows) throws IOException {
        BufferedReader lines = new BufferedReader(text);
        int line = 0;
        for (String content = lines.readLine(); content != null; content = lines.readLine()) {
            line++;
            if (!content.isBlank()) {
                rows.accept(ofLine(line, content));
            }
        }
    }

    private static FeedRow ofLine(int line, String content) throws IOException {
        if (content.length() > LONGEST_LINE) {
            return FeedRow.unreadable(line, "a line has at most " + LONGEST_LINE + " characters");
        }
        try {
            return row(
                    line,
                    READER.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(content));
        } catch (JacksonException notJson) {
            return FeedRow.unreadable(line, "it is not readable as a JSON object");
        }
    }

    static void readArray(Reader text, Consumer<FeedRow> rows) throws IOException {
        try (JsonParser parser = READER.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw malformed("must be a JSON array of rows", parser);
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() == null) {
                    throw malformed("ends before its array does", parser);
                }
                int line = parser.currentTokenLocation().getLineNr();
                rows.accept(row(line, READER.readTree(parser)));
            }
            if (parser.nextToken() != null) {
                throw malformed("goes on after its array", parser);
            }
        } catch (JacksonException notJson) {
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST,
                    "The body is not readable as JSON"
                            + Optional.ofNullable(notJson.getLocation())
                                    .map(where -> ": line " + where.getLineNr() + ", column " + where.getColumnNr())
                                    .orElse("")
                            + ".");
        }
    }

    private static FeedRow row(int line, JsonNode row) {
        if (!row.isObject()) {
            return FeedRow.unreadable(line, "a row must be a JSON object");
        }
        Map<Field, String> fields = new EnumMap<>(Field.class);
        for (Map.Entry<String, JsonNode> entry : row.properties()) {
            Optional<Field> field = Field.ofColumn(entry.getKey());
            if (field.isEmpty()) {
                return FeedRow.unreadable(
                        line,
                        "it has a field that is not known; known are "
                                + Arrays.stream(Field.values())
                                        .map(Field::column)
                                        .toList());
            }
            if (entry.getValue().isContainerNode()) {
                return FeedRow.unreadable(line, entry.getKey() + " must be text or a number");
            }
            if (!entry.getValue().isNull()) {
                fields.put(field.get(), entry.getValue().asText());
            }
        }
        return RowTexts.checked(line, fields);
    }

    private static ProblemException malformed(String what, JsonParser at) {
        return new ProblemException(
                ProblemType.MALFORMED_REQUEST,
                "The body " + what + ": line " + at.currentLocation().getLineNr() + ".");
    }
}
