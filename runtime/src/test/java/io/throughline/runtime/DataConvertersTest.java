package io.throughline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverter;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DataConvertersTest {
    private final DataConverter converter = DataConverters.standard();

    @Test
    void pinsTheFormOfPayloads() {
        Sample sample = new Sample(
                OrderId.of(new OrderKey(AccountId.of("northwind"), "6001")),
                new OrderKey(AccountId.of("northwind"), "6001"),
                Instant.parse("2026-11-23T10:00:00.123456Z"),
                Duration.ofMinutes(90),
                Money.of("94.94", CurrencyCode.of("USD")),
                Map.of(Sku.of("NW-TEE-BLK-M"), 2, Sku.of("NW-CAP-NVY"), 1),
                Optional.of(new FacilityId("WH-EAST")),
                Optional.empty());

        Payload payload = converter.toPayload(sample).orElseThrow();

        assertThat(payload.getData().toStringUtf8())
                .isEqualTo(
                        "{\"id\":\"" + sample.id() + "\",\"key\":{\"account\":\"northwind\",\"externalId\":\"6001\"},"
                                + "\"at\":\"2026-11-23T10:00:00.123456Z\",\"within\":\"PT1H30M\","
                                + "\"total\":{\"minor\":9494,\"currency\":\"USD\"},"
                                + "\"quantities\":{\"NW-CAP-NVY\":1,\"NW-TEE-BLK-M\":2},\"facility\":\"WH-EAST\"}");
        assertThat(converter.fromPayload(payload, Sample.class, Sample.class)).isEqualTo(sample);
    }

    @Test
    void ignoresWhatALaterReleaseAdded() {
        Payload payload = converter.toPayload(new OrderKey(AccountId.of("northwind"), "6001")).orElseThrow().toBuilder()
                .setData(ByteString.copyFromUtf8(
                        "{\"account\":\"northwind\",\"externalId\":\"6001\",\"brand\":{\"name\":\"new\"}}"))
                .build();

        assertThat(converter.fromPayload(payload, OrderKey.class, OrderKey.class))
                .isEqualTo(new OrderKey(AccountId.of("northwind"), "6001"));
    }

    record Sample(
            OrderId id,
            OrderKey key,
            Instant at,
            Duration within,
            Money total,
            Map<Sku, Integer> quantities,
            Optional<FacilityId> facility,
            Optional<Instant> closed) {}
}
