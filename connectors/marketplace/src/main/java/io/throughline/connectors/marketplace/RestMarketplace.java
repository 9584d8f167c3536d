package io.throughline.connectors.marketplace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.connectors.http.JsonAnswer;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SystemGate;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.marketplace.Marketplace;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderKey;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A marketplace by its API. It keeps one acknowledgement and one cancellation of an order and one shipment and one refund of each reference, so what it says it
 * was told before is found there, and is as good as told now. Thread-safe.
 */
public final class RestMarketplace implements Marketplace, AutoCloseable {
    private final Map<AccountId, MarketplaceWire> wires = new HashMap<>();

    public RestMarketplace(List<MarketplaceConfig> configs) {
        this(configs, SystemGate.open());
    }

    /** Asks nothing but what passes the gate. */
    public RestMarketplace(List<MarketplaceConfig> configs, SystemGate gate) {
        configs.forEach(config -> wires.put(config.account(), new MarketplaceWire(config, gate)));
    }

    @Override
    public Optional<Receipt> findAcknowledgement(OrderKey order) {
        return read(order)
                .filter(found -> found.path("acknowledgement")
                        .path("decision")
                        .asText("")
                        .equals("ACCEPTED"))
                .map(found -> Receipt.of(order.externalId()));
    }

    @Override
    public Reply acknowledge(OrderKey order, String vendorKey) {
        JsonAnswer answer = wire(order)
                .post(
                        path(order) + "/acknowledgement",
                        JsonNodeFactory.instance.objectNode().put("decision", "ACCEPTED"),
                        vendorKey);
        return reply("acknowledgement", answer, "ACKNOWLEDGED_BEFORE", () -> findAcknowledgement(order))
                .orElseGet(() -> Reply.done(order.externalId()));
    }

    @Override
    public Optional<Receipt> findShipment(Shipment shipment) {
        return read(shipment.order()).flatMap(found -> {
            for (JsonNode one : found.path("shipments")) {
                if (one.path("reference").asText("").equals(shipment.reference())) {
                    return Optional.of(Receipt.of(one.path("id").asText(shipment.reference())));
                }
            }
            return Optional.empty();
        });
    }

    @Override
    public Reply confirmShipment(Shipment shipment, String vendorKey) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("reference", shipment.reference());
        shipment.tracking()
                .ifPresent(
                        tracking -> body.put("carrier", tracking.carrier()).put("trackingNumber", tracking.number()));
        ArrayNode lines = body.putArray("lines");
        shipment.lines()
                .forEach(line -> lines.addObject().put("line", line.lineId()).put("quantity", line.quantity()));
        JsonAnswer answer = wire(shipment.order()).post(path(shipment.order()) + "/shipments", body, vendorKey);
        return reply("shipment", answer, "SHIPPED_BEFORE", () -> findShipment(shipment))
                .orElseGet(() -> Reply.done(answer.body().path("id").asText(shipment.reference())));
    }

    @Override
    public Optional<Receipt> findCallingOff(OrderKey order) {
        return read(order)
                .map(found -> found.path("cancellation").path("refundId").asText(""))
                .filter(refund -> !refund.isEmpty())
                .map(Receipt::of);
    }

    /** One that was acknowledged, and nobody has heard of that, is cancelled instead of rejected. */
    @Override
    public Reply callOff(CallingOff callingOff, String vendorKey) {
        JsonAnswer answer = callingOff.acknowledged() ? cancel(callingOff, vendorKey) : reject(callingOff, vendorKey);
        if (!callingOff.acknowledged() && answer.refusedWith("ACKNOWLEDGED_BEFORE")) {
            answer = cancel(callingOff, vendorKey + "/cancel");
        }
        String refund = answer.body().path("refundId").asText(callingOff.order().externalId());
        return reply("cancellation", answer, "CANCELLED_BEFORE", () -> findCallingOff(callingOff.order()))
                .orElseGet(() -> Reply.done(refund));
    }

    private JsonAnswer reject(CallingOff callingOff, String vendorKey) {
        ObjectNode body = reason(callingOff).put("decision", "REJECTED");
        return wire(callingOff.order()).post(path(callingOff.order()) + "/acknowledgement", body, vendorKey);
    }

    private JsonAnswer cancel(CallingOff callingOff, String vendorKey) {
        return wire(callingOff.order()).post(path(callingOff.order()) + "/cancellation", reason(callingOff), vendorKey);
    }

    private static ObjectNode reason(CallingOff callingOff) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("reason", callingOff.reason().name());
        tell(body, callingOff.refund());
        return body;
    }

    /** A price is that of one unit, with what it has in taxes. */
    @Override
    public Money paidFor(OrderKey order, List<LineQuantity> units, CurrencyCode currency) {
        return read(order)
                .map(found -> Money.sum(
                        currency,
                        units.stream()
                                .map(line -> share(order, found, line, currency))
                                .toList()))
                .orElseGet(() -> Money.zero(currency));
    }

    /** Of what was paid for the line, less its discounts: what is due up to the last of these units, less what is for those that were given back before. */
    private static Money share(OrderKey order, JsonNode found, LineQuantity units, CurrencyCode currency) {
        for (JsonNode line : found.path("lines")) {
            int sold = line.path("quantity").asInt();
            if (line.path("line").asText("").equals(units.lineId()) && sold > 0) {
                int before = Math.min(sold, refunded(found, units.lineId()));
                int upTo = Math.min(sold, before + units.quantity());
                return paid(order, line, sold, currency).share(before, upTo, sold);
            }
        }
        return Money.zero(currency);
    }

    private static int refunded(JsonNode found, String lineId) {
        int units = 0;
        for (JsonNode refund : found.path("refunds")) {
            for (JsonNode line : refund.path("lines")) {
                units += line.path("line").asText("").equals(lineId)
                        ? line.path("quantity").asInt()
                        : 0;
            }
        }
        return units;
    }

    /** A marketplace that tells no more than the price of a unit gives no discounts. */
    private static Money paid(OrderKey order, JsonNode line, int sold, CurrencyCode currency) {
        return line.hasNonNull("paid")
                ? amount(order, line, "paid", currency)
                : amount(order, line, "price", currency).times(sold);
    }

    private static Money amount(OrderKey order, JsonNode line, String name, CurrencyCode currency) {
        try {
            return Money.of(new BigDecimal(line.path(name).asText("")), currency);
        } catch (IllegalArgumentException | ArithmeticException unreadable) {
            throw SystemFailure.withoutEffect(
                    FailureCode.REPLY_UNREADABLE, order.account() + " tells a price that is none", unreadable);
        }
    }

    @Override
    public Optional<Receipt> findRefund(BuyerRefund refund) {
        return read(refund.order()).flatMap(found -> {
            for (JsonNode one : found.path("refunds")) {
                if (one.path("reference").asText("").equals(refund.reference())) {
                    return Optional.of(Receipt.of(one.path("id").asText(refund.reference())));
                }
            }
            return Optional.empty();
        });
    }

    @Override
    public Reply refund(BuyerRefund refund, String vendorKey) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("reference", refund.reference());
        ArrayNode lines = body.putArray("lines");
        refund.units()
                .forEach(line -> lines.addObject().put("line", line.lineId()).put("quantity", line.quantity()));
        tell(body, refund.amount());
        JsonAnswer answer = wire(refund.order()).post(path(refund.order()) + "/refunds", body, vendorKey);
        return reply("refund", answer, "REFUNDED_BEFORE", () -> findRefund(refund))
                .orElseGet(() -> Reply.done(answer.body().path("id").asText(refund.reference())));
    }

    private static void tell(ObjectNode body, Money refund) {
        body.putObject("refund")
                .put("amount", refund.toDecimal().toPlainString())
                .put("currency", refund.currency().code());
    }

    /** Empty: it was done just now. */
    private static Optional<Reply> reply(
            String what, JsonAnswer answer, String before, Supplier<Optional<Receipt>> found) {
        if (!answer.refused()) {
            return Optional.empty();
        }
        return (answer.refusedWith(before) ? found.get() : Optional.<Receipt>empty())
                .map(Reply::done)
                .or(() -> Optional.of(
                        Reply.refused(FailureCode.CHANNEL_REFUSED, what + " refused with " + answer.words())));
    }

    /** Empty where it knows no such order: what is told of that will be refused. */
    private Optional<JsonNode> read(OrderKey order) {
        JsonAnswer answer = wire(order).get(path(order));
        if (answer.status() == 404) {
            return Optional.empty();
        }
        if (answer.refused()) {
            throw SystemFailure.withoutEffect(
                    FailureCode.SYSTEM_ERROR, order.account() + " does not tell of an order: " + answer.words(), null);
        }
        return Optional.of(answer.body());
    }

    /** An order's name has nothing in it that an address would have to escape. */
    private static String path(OrderKey order) {
        return "/v1/orders/" + order.externalId();
    }

    private MarketplaceWire wire(OrderKey order) {
        MarketplaceWire wire = wires.get(order.account());
        if (wire == null) {
            throw new IllegalArgumentException("no marketplace is configured for account " + order.account());
        }
        return wire;
    }

    @Override
    public void close() {
        wires.values().forEach(MarketplaceWire::close);
    }
}
