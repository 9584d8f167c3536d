package io.throughline.api.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the bodies of our own API: UTF-8 without a byte order mark, no duplicate or unknown names, no value in another type's clothes,
 * nothing after the end, and limits on depth and lengths. What can't be read is MALFORMED_REQUEST.
 */
public final class StrictJson {
    private static final int DEPTH = 32;
    private static final int DIGITS = 40;
    private static final int CHARACTERS = 20_000;
    private static final int CHARACTERS_OF_A_NAME = 200;

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(DEPTH)
            .maxNumberLength(DIGITS)
            .maxStringLength(CHARACTERS)
            .maxNameLength(CHARACTERS_OF_A_NAME)
            .build();

    private static final String LIMITS_IN_WORDS = "The body is beyond a limit: " + DEPTH + " levels deep, numbers of "
            + DIGITS + " digits, texts of " + CHARACTERS + " characters, names of " + CHARACTERS_OF_A_NAME + ".";

    private static final JsonMapper MAPPER = mapper();

    private StrictJson() {}

    private static JsonMapper mapper() {
        JsonMapper.Builder builder = JsonMapper.builder(
                        JsonFactory.builder().streamReadConstraints(LIMITS).build())
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .addModule(new SimpleModule()
                        .addDeserializer(String.class, new CleanText())
                        .addKeyDeserializer(String.class, new CleanKey())
                        .addDeserializer(Instant.class, new InstantText()))
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS, MapperFeature.AUTO_DETECT_IS_GETTERS)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                // What is left out says nothing: a field that a later release adds must not change a canonical form.
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT));
        for (LogicalType type : List.of(LogicalType.Enum, LogicalType.Collection)) {
            builder.withCoercionConfig(type, config -> {
                config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                config.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
            });
        }
        for (Class<?> container : List.of(List.class, Set.class, Map.class)) {
            builder.withConfigOverride(
                    container, config -> config.setSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL)));
        }
        return builder.build();
    }

    public static <T> T read(byte[] body, Class<T> type) {
        try {
            T value = MAPPER.readValue(textOf(body), type);
            if (value == null) {
                throw malformed("The body must be a JSON object.");
            }
            return value;
        } catch (JacksonException unreadable) {
            throw explain(unreadable);
        }
    }

    /** The same content in the same form, whatever the order and spacing of the original. */
    public static byte[] canonical(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JacksonException impossible) {
            throw new IllegalStateException("a value that was read can be written", impossible);
        }
    }

    private static String textOf(byte[] body) {
        if (body.length == 0) {
            throw malformed("The body is empty.");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            if (text.startsWith("\uFEFF")) {
                throw malformed("The body must not begin with a byte order mark.");
            }
            return text;
        } catch (CharacterCodingException notUtf8) {
            throw malformed("The body is not UTF-8.");
        }
    }

    private static ProblemException explain(JacksonException unreadable) {
        JacksonException first = firstOf(unreadable);
        return switch (first) {
            case StreamConstraintsException beyond -> malformed(LIMITS_IN_WORDS);
            case JsonEOFException early -> malformed("The body ends before its JSON does.");
            case InputCoercionException large -> unfit(unreadable, "a number out of range");
            case UnrecognizedPropertyException unknown ->
                unfit(unreadable, "unknown field; known are " + unknown.getKnownPropertyIds());
            case MismatchedInputException mismatch -> explain(mismatch);
            case JsonMappingException other -> unfit(unreadable, "not of the expected form");
            default -> malformed("The body is not JSON, or has a name twice in one object" + whereOf(first));
        };
    }

    /** What the text itself is guilty of stands behind what it could not be made into. */
    private static JacksonException firstOf(JacksonException failure) {
        return failure instanceof JsonMappingException && failure.getCause() instanceof JacksonException cause
                ? firstOf(cause)
                : failure;
    }

    private static ProblemException explain(MismatchedInputException mismatch) {
        if (mismatch.getOriginalMessage().startsWith("Trailing token")) {
            return malformed("Something follows the end of the JSON object.");
        }
        if (mismatch instanceof InvalidFormatException && mismatch.getTargetType() == String.class) {
            return unfit(mismatch, "has a control character, or half of a surrogate pair");
        }
        return unfit(
                mismatch,
                mismatch.getTargetType() == null
                        ? "missing, or not of the expected type"
                        : "missing, or not of the expected type (" + plain(mismatch.getTargetType()) + ")");
    }

    private static ProblemException unfit(JacksonException where, String detail) {
        String pointer = where instanceof JsonMappingException mapping ? pointerOf(mapping) : "";
        return new ProblemException(
                ProblemType.MALFORMED_REQUEST,
                "The body does not have the expected form.",
                List.of(new FieldError(pointer, detail)));
    }

    private static String whereOf(JacksonException unreadable) {
        return unreadable.getLocation() == null
                ? "."
                : ": line " + unreadable.getLocation().getLineNr() + ", column "
                        + unreadable.getLocation().getColumnNr() + ".";
    }

    private static String pointerOf(JsonMappingException failure) {
        StringBuilder pointer = new StringBuilder();
        for (JsonMappingException.Reference step : failure.getPath()) {
            pointer.append('/')
                    .append(step.getFieldName() == null ? Integer.toString(step.getIndex()) : step.getFieldName());
        }
        return pointer.toString();
    }

    private static String plain(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "String" -> "text";
            case "int", "Integer", "long", "Long" -> "a whole number";
            case "boolean", "Boolean" -> "true or false";
            case "Instant" -> "an ISO 8601 instant such as 2026-11-23T10:00:00Z";
            case "List", "ArrayList", "Set" -> "a list";
            default -> type.isEnum() ? "one of " + List.of(type.getEnumConstants()) : "an object";
        };
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ProblemType.MALFORMED_REQUEST, detail);
    }
}
