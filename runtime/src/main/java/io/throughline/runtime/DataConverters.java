package io.throughline.runtime;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.inventory.ImportId;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.order.OrderId;
import java.util.List;

/**
 * How values become payloads of histories, in every process alike. Histories outlive releases, so the form is pinned here: instants in
 * ISO 8601, names such as an order id as plain strings, absent values left out, unknown properties ignored.
 */
public final class DataConverters {
    private static final List<Class<?>> NAMES = List.of(
            AccountId.class,
            CaseId.class,
            CustomerRef.class,
            FacilityId.class,
            FulfillmentOrderId.class,
            ImportId.class,
            OrderId.class,
            Sku.class);

    private DataConverters() {}

    public static DataConverter standard() {
        return DefaultDataConverter.newDefaultInstance()
                .withPayloadConverterOverrides(new JacksonJsonPayloadConverter(mapper()));
    }

    private static ObjectMapper mapper() {
        JsonMapper.Builder builder = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .addModule(new Jdk8Module())
                // A record's components are its state; methods such as isZero() are not.
                .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
                .addMixIn(CurrencyCode.class, CurrencyForm.class);
        NAMES.forEach(name -> builder.addMixIn(name, NameForm.class));
        return builder.build();
    }

    /** A record with the one component {@code value}. */
    private abstract static class NameForm {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        NameForm(String unused) {}

        @JsonValue
        abstract String value();
    }

    private abstract static class CurrencyForm {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        CurrencyForm(String unused) {}

        @JsonValue
        abstract String code();
    }
}
