package io.throughline.sandbox.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Tryton's typed values in JSON. */
final class Typed {
    private static final String CLASS = "__class__";

    private Typed() {}

    static ObjectNode decimal(BigDecimal value) {
        return Json.object().put(CLASS, "Decimal").put("decimal", value.toPlainString());
    }

    static ObjectNode date(LocalDate value) {
        return Json.object()
                .put(CLASS, "date")
                .put("year", value.getYear())
                .put("month", value.getMonthValue())
                .put("day", value.getDayOfMonth());
    }

    /** In UTC, to the microsecond. */
    static ObjectNode dateTime(Instant value) {
        LocalDateTime utc = LocalDateTime.ofInstant(value, ZoneOffset.UTC);
        return date(utc.toLocalDate())
                .put(CLASS, "datetime")
                .put("hour", utc.getHour())
                .put("minute", utc.getMinute())
                .put("second", utc.getSecond())
                .put("microsecond", utc.getNano() / 1_000);
    }

    private static LocalDateTime dateTimeOf(JsonNode value) {
        return dateOf(value)
                .atTime(
                        value.path("hour").intValue(),
                        value.path("minute").intValue(),
                        value.path("second").intValue(),
                        value.path("microsecond").intValue() * 1_000);
    }

    static BigDecimal decimalOf(JsonNode value) {
        Comparable<?> plain = plain(value);
        return plain instanceof BigDecimal number ? number : BigDecimal.ZERO;
    }

    static LocalDate dateOf(JsonNode value) {
        return LocalDate.of(
                value.path("year").intValue(),
                value.path("month").intValue(),
                value.path("day").intValue());
    }

    /** Ids read back from the store and ids just made are numbers of different width. */
    static boolean sameId(JsonNode one, JsonNode other) {
        return one.isNumber() && other.isNumber() && one.longValue() == other.longValue();
    }

    static boolean isDate(JsonNode value) {
        return value.path(CLASS).asText().equals("date");
    }

    /** A value that can be compared with its like; null where there is none. */
    static @Nullable Comparable<?> plain(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return null;
        }
        if (value.isNumber()) {
            return value.decimalValue();
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        return switch (value.path(CLASS).asText()) {
            case "Decimal" -> new BigDecimal(value.path("decimal").asText());
            case "date" -> dateOf(value);
            case "datetime" -> dateTimeOf(value);
            default -> value.asText();
        };
    }
}
