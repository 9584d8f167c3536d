package io.throughline.connectors.carrier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.connectors.http.JsonAnswer;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SystemGate;
import io.throughline.domain.customer.PersonalData.PostalAddress;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.Carrier;
import io.throughline.domain.fulfillment.Label;
import io.throughline.domain.fulfillment.ParcelReference;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.fulfillment.TrackingNews;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The carrier by its API. It knows no idempotency keys, and the same reference twice is two labels: whoever does not know what became of
 * a call must look for its label by {@link #findLabel} before another is bought. Thread-safe.
 */
public final class ParcelCarrier implements Carrier, AutoCloseable {
    private final Map<AccountId, CarrierConfig> configs = new HashMap<>();
    private final Map<AccountId, CarrierWire> wires = new HashMap<>();

    public ParcelCarrier(List<CarrierConfig> configs) {
        this(configs, SystemGate.open());
    }

    /** Asks nothing but what passes the gate. */
    public ParcelCarrier(List<CarrierConfig> configs, SystemGate gate) {
        configs.forEach(config -> {
            this.configs.put(config.account(), config);
            wires.put(config.account(), new CarrierWire(config, gate));
        });
    }

    @Override
    public Optional<Receipt> findLabel(AccountId account, ParcelReference reference) {
        JsonAnswer answer = wire(account).get("/v1/labels?reference=" + encode(reference.value()));
        if (answer.refused()) {
            throw refusesToTell(account, answer);
        }
        for (JsonNode label : answer.body().path("labels")) {
            if (!label.path("status").asText("").equals("VOIDED")) {
                return Optional.of(label(label));
            }
        }
        return Optional.empty();
    }

    @Override
    public Reply buyLabel(AccountId account, LabelRequest request, String vendorKey) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("reference", request.reference().value()).put("note", request.orderName());
        config(account).service().ifPresent(service -> body.put("service", service));
        request.weightGrams().ifPresent(grams -> body.put("weightGrams", grams));
        if (request.comesBack()) {
            body.put("return", true);
        }
        address(body.putObject("from"), request.from());
        address(body.putObject("to"), request.to());
        JsonAnswer answer = wire(account).send("POST", "/v1/labels", body, true);
        return answer.refused()
                ? Reply.refused(FailureCode.CARRIER_REFUSED, "label refused with " + answer.words())
                : Reply.done(label(answer.body()));
    }

    private static void address(ObjectNode place, PostalAddress address) {
        address.name().ifPresent(value -> place.put("name", value));
        address.street().ifPresent(value -> place.put("street", value));
        address.city().ifPresent(value -> place.put("city", value));
        address.province().ifPresent(value -> place.put("province", value));
        address.postalCode().ifPresent(value -> place.put("postalCode", value));
        address.country().ifPresent(value -> place.put("country", value));
        address.phone().ifPresent(value -> place.put("phone", value));
    }

    private static Receipt label(JsonNode label) {
        String number = label.path("number").asText("");
        if (number.isEmpty()) {
            throw SystemFailure.outcomeUnknown(FailureCode.REPLY_UNREADABLE, "a label without a number", null);
        }
        return new Label(
                        new Tracking(label.path("carrier").asText(), number),
                        label.path("labelUrl").asText())
                .toReceipt();
    }

    @Override
    public Optional<Receipt> findVoid(AccountId account, String number) {
        return tracked(account, number)
                .filter(parcel -> parcel.path("status").asText("").equals("VOIDED"))
                .map(voided -> Receipt.of(number));
    }

    @Override
    public Reply voidLabel(AccountId account, String number, String vendorKey) {
        JsonAnswer answer = wire(account)
                .send("POST", "/v1/labels/" + encode(number) + "/void", JsonNodeFactory.instance.objectNode(), true);
        return answer.refused()
                ? Reply.refused(FailureCode.LABEL_NOT_VOIDED, "label not taken back: " + answer.words())
                : Reply.done(number);
    }

    @Override
    public Optional<TrackingNews> track(AccountId account, String number) {
        return tracked(account, number)
                .flatMap(parcel -> Statuses.of(parcel.path("status").asText(""))
                        .map(status -> new TrackingNews(
                                status, instant(parcel.path("at").asText("")))));
    }

    /** What is no instant tells nothing: the parcel's facts are later than that anyway. */
    static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException unknown) {
            return Instant.EPOCH;
        }
    }

    private Optional<JsonNode> tracked(AccountId account, String number) {
        JsonAnswer answer = wire(account).get("/tracks/" + encode(number));
        if (answer.status() == 404) {
            return Optional.empty();
        }
        if (answer.refused()) {
            throw refusesToTell(account, answer);
        }
        return Optional.of(answer.body());
    }

    @Override
    public void tellAt(AccountId account, URI address) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("url", address.toString())
                .put("secret", config(account).webhookSecret());
        JsonAnswer answer = wire(account).send("PUT", "/v1/webhook", body, false);
        if (answer.refused()) {
            throw SystemFailure.withoutEffect(
                    FailureCode.SUBSCRIPTION_MISSING, account + " takes no webhook: " + answer.words(), null);
        }
    }

    private static SystemFailure refusesToTell(AccountId account, JsonAnswer answer) {
        return SystemFailure.withoutEffect(
                FailureCode.SYSTEM_ERROR, account + " refuses to tell: " + answer.words(), null);
    }

    private CarrierConfig config(AccountId account) {
        CarrierConfig config = configs.get(account);
        if (config == null) {
            throw new IllegalArgumentException("no carrier is configured for account " + account);
        }
        return config;
    }

    private CarrierWire wire(AccountId account) {
        config(account);
        return java.util.Objects.requireNonNull(wires.get(account));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        wires.values().forEach(CarrierWire::close);
    }
}
