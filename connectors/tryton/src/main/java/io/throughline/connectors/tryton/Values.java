package io.throughline.connectors.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Tryton's typed values in JSON: decimals and dates are objects with a {@code __class__}, to-many fields are lists of commands. */
final class Values {
    private static final String CLASS = "__class__";

    private Values() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static ObjectNode decimal(BigDecimal value) {
        return object().put(CLASS, "Decimal").put("decimal", value.toPlainString());
    }

    static ObjectNode decimal(Money value) {
        return decimal(value.toDecimal());
    }

    static ObjectNode date(LocalDate value) {
        return object().put(CLASS, "date")
                .put("year", value.getYear())
                .put("month", value.getMonthValue())
                .put("day", value.getDayOfMonth());
    }

    static ObjectNode dateTime(Instant value) {
        LocalDateTime utc = LocalDateTime.ofInstant(value, ZoneOffset.UTC);
        return object().put(CLASS, "datetime")
                .put("year", utc.getYear())
                .put("month", utc.getMonthValue())
                .put("day", utc.getDayOfMonth())
                .put("hour", utc.getHour())
                .put("minute", utc.getMinute())
                .put("second", utc.getSecond())
                .put("microsecond", utc.getNano() / 1_000);
    }

    static ArrayNode texts(Collection<String> values) {
        ArrayNode array = array();
        values.forEach(array::add);
        return array;
    }

    static ArrayNode ids(Collection<Long> values) {
        ArrayNode array = array();
        values.forEach(array::add);
        return array;
    }

    /** The command that makes these records with their owner. */
    static ArrayNode creating(List<ObjectNode> records) {
        return array().add(array().add("create").add(array().addAll(records)));
    }

    static long id(JsonNode row) {
        return row.path("id").longValue();
    }

    static List<Long> idList(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::longValue)
                .toList();
    }

    static String text(JsonNode row, String field) {
        return optionalText(row, field).orElse("");
    }

    static Optional<String> optionalText(JsonNode row, String field) {
        JsonNode value = row.path(field);
        return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
    }

    static BigDecimal decimalOf(JsonNode value) {
        return optionalDecimal(value).orElse(BigDecimal.ZERO);
    }

    static Optional<BigDecimal> optionalDecimal(JsonNode value) {
        return Optional.ofNullable(value.path("decimal").textValue()).map(BigDecimal::new);
    }

    /** Tryton's times are in UTC. */
    private static Optional<Instant> instantOf(JsonNode value) {
        return value.path(CLASS).asText().equals("datetime")
                ? Optional.of(dateOf(value)
                        .atTime(
                                value.path("hour").intValue(),
                                value.path("minute").intValue(),
                                value.path("second").intValue(),
                                value.path("microsecond").intValue() * 1_000)
                        .toInstant(ZoneOffset.UTC))
                : Optional.empty();
    }

    /** When a record was changed last, or made. */
    static Instant changedAt(JsonNode row) {
        return optionalChange(row)
                .orElseThrow(() -> new IllegalArgumentException("a record does not tell when it was made"));
    }

    /** The same of a record that may have been made past Tryton, and then tells neither. */
    static Optional<Instant> optionalChange(JsonNode row) {
        return instantOf(row.path("write_date")).or(() -> instantOf(row.path("create_date")));
    }

    static LocalDate dateOf(JsonNode value) {
        return LocalDate.of(
                value.path("year").intValue(),
                value.path("month").intValue(),
                value.path("day").intValue());
    }
}
