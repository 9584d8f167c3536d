package io.throughline.store.internal;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.order.Order;
import io.throughline.domain.returns.RefundEntry;
import io.throughline.domain.returns.ReturnCause;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The form in which canonical values are kept: their record components and nothing derived, names as texts, instants in ISO 8601.
 * A field that this version does not know is an error, for it would be lost at the next writing.
 */
public final class CanonicalJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .addModule(names())
            .addMixIn(RefundEntry.class, Step.class)
            .addMixIn(ReturnCause.class, Kind.class)
            .addMixIn(Order.class, Sold.class)
            .addMixIn(Decision.class, Decided.class)
            .visibility(PropertyAccessor.ALL, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private CanonicalJson() {}

    /** Most orders no store has sold for others: they are written as they were before there was such a thing. */
    @SuppressWarnings("unused")
    private abstract static class Sold {
        @JsonInclude(JsonInclude.Include.NON_ABSENT)
        @Nullable
        Object soldAt;
    }

    /** Most decisions amend nothing: they are written as they were before it was kept what an amended document said. */
    @SuppressWarnings("unused")
    private abstract static class Decided {
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Nullable
        Object was;
    }

    /** The steps of a refund are told apart by their names. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = RefundEntry.Goods.class, name = "GOODS"),
        @JsonSubTypes.Type(value = RefundEntry.Charge.class, name = "CHARGE"),
        @JsonSubTypes.Type(value = RefundEntry.Goodwill.class, name = "GOODWILL"),
        @JsonSubTypes.Type(value = RefundEntry.Deduction.class, name = "DEDUCTION")
    })
    private interface Step {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = ReturnCause.ByChoice.class, name = "BY_CHOICE"),
        @JsonSubTypes.Type(value = ReturnCause.ParcelRefused.class, name = "PARCEL_REFUSED"),
        @JsonSubTypes.Type(value = ReturnCause.ParcelLost.class, name = "PARCEL_LOST"),
        @JsonSubTypes.Type(value = ReturnCause.Claim.class, name = "CLAIM"),
        @JsonSubTypes.Type(value = ReturnCause.Appeasement.class, name = "APPEASEMENT"),
        @JsonSubTypes.Type(value = ReturnCause.GivenElsewhere.class, name = "GIVEN_ELSEWHERE")
    })
    private interface Kind {}

    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw unfit("can't be written", value.getClass().getSimpleName(), impossible);
        }
    }

    public static <T> T read(String json, Class<T> type) {
        return read(json, type.getSimpleName(), MAPPER.readerFor(type));
    }

    public static <T> T read(String json, TypeReference<T> type) {
        return read(json, type.getType().getTypeName(), MAPPER.readerFor(type));
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    private static <T> T read(String json, String name, ObjectReader reader) {
        try {
            return reader.readValue(json);
        } catch (JsonProcessingException unreadable) {
            throw unfit("can't be read", name, unreadable);
        }
    }

    /** Tells the place and not the content, which may be personal data and must not get into a log by way of a message. */
    @SuppressWarnings("UnusedException")
    private static IllegalStateException unfit(String what, String name, JsonProcessingException failure) {
        String place = failure instanceof JsonMappingException mapping ? " at " + mapping.getPathReference() : "";
        return new IllegalStateException(name + " " + what + " as JSON" + place);
    }

    private static SimpleModule names() {
        SimpleModule module = new SimpleModule("names");
        name(module, AccountId.class, AccountId::new);
        name(module, CurrencyCode.class, CurrencyCode::of);
        name(module, CustomerRef.class, CustomerRef::new);
        name(module, FacilityId.class, FacilityId::new);
        name(module, Sku.class, Sku::of);
        return module;
    }

    private static <T> void name(SimpleModule module, Class<T> type, Function<String, T> parse) {
        module.addSerializer(type, ToStringSerializer.instance);
        module.addDeserializer(type, new FromStringDeserializer<T>(type) {
            @Override
            protected T _deserialize(String value, DeserializationContext context) {
                return parse.apply(value);
            }
        });
    }
}
