package io.throughline.domain.event;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Everything that subscribers can be told: which entries of the trace are public, and which of their details. A type is a name and a
 * version, {@code order.paid.v1}; its JSON Schema is the resource {@code schema/<type>.json} beside this class. Within a version only
 * optional fields may be added; what breaks is a new version, told beside the old one. References and quantities only, never personal
 * data.
 */
public enum EventType {
    ORDER_RECEIVED("order.received", 1, Line.ORDER, "order.received", text("account"), text("externalId")),
    ORDER_ACCEPTED("order.accepted", 1, Line.ORDER, "order.status=APPROVED", figures()),
    /** Once of an order, whatever is refunded or added before or after. */
    ORDER_PAID("order.paid", 1, Line.ORDER, "order.paid", figures()),
    ORDER_COMPLETED("order.completed", 1, Line.ORDER, "order.status=COMPLETED", figures()),
    ORDER_CANCELLED("order.cancelled", 1, Line.ORDER, "order.status=CANCELLED", figures()),
    ORDER_REJECTED("order.rejected", 1, Line.ORDER, "order.status=REJECTED"),
    /** Once for each time that it was asked for. */
    CANCELLATION_DECLINED("cancellation.declined", 1, Line.ORDER, "order.cancel-declined"),
    REFUND_ISSUED(
            "refund.issued",
            1,
            Line.ORDER,
            "refund.issued=PARTIALLY_REFUNDED|REFUNDED",
            text("to").as("payment"),
            text("refund"),
            text("amount"),
            text("currency")),
    /** Of tills, too, whose sales are no orders. */
    REFUND_ISSUED_ANYWHERE(
            "refund.issued",
            2,
            Line.ANY,
            "refund.issued",
            text("refund"),
            text("amount"),
            text("currency"),
            text("tender")),
    SHIPMENT_CONFIRMED("shipment.confirmed", 1, Line.ORDER, "work.status=SHIPPED", workWithLines()),
    SHIPMENT_DELIVERED("shipment.delivered", 1, Line.ORDER, "work.status=DELIVERED", work()),
    FULFILLMENT_PICKING("fulfillment.picking", 1, Line.ORDER, "work.status=PICKING", work()),
    FULFILLMENT_PACKED("fulfillment.packed", 1, Line.ORDER, "work.status=PACKED", work()),
    PICKUP_ARRIVED("pickup.arrived", 1, Line.ORDER, "work.arrived", text("work"), text("facility")),
    PICKUP_READY("pickup.ready", 1, Line.ORDER, "work.status=READY_FOR_PICKUP", work()),
    PICKUP_COMPLETED("pickup.completed", 1, Line.ORDER, "work.status=PICKED_UP", work()),
    /** Once for each decision, also where others do what somebody has given back; {@code parts} are what each facility is to do. */
    ORDER_ROUTED("order.routed", 1, Line.ORDER, "work.allocated", number("units"), units("parts", "work", "facility")),
    /** Told when others have been given the work; that the order was routed anew is told by itself. */
    ORDER_REROUTED(
            "order.rerouted",
            1,
            Line.ORDER,
            "reroute.ended=REROUTED",
            text("reroute"),
            text("work"),
            text("from"),
            text("cause"),
            units("lines"),
            units("parts", "work", "facility")),
    FULFILLMENT_REJECTED("fulfillment.rejected", 1, Line.ORDER, "work.status=REJECTED", work()),
    RETURN_AUTHORISED(
            "return.authorised",
            1,
            Line.ORDER,
            "return.authorised",
            text("return"),
            text("kind"),
            text("refundTo"),
            number("units"),
            units("lines")),
    /** Once for each parcel, or each time that goods are handed in. */
    RETURN_RECEIVED(
            "return.received",
            1,
            Line.ORDER,
            "return.received",
            text("return"),
            text("facility"),
            number("units"),
            units("lines")),
    /** Once for each time that somebody has looked at some of its goods. */
    RETURN_INSPECTED(
            "return.inspected",
            1,
            Line.ORDER,
            "return.inspected",
            text("return"),
            text("facility"),
            number("units"),
            units("lines", "disposition")),
    /** Its client, who has taken the money, is asked to give it back, and to tell what came of it; once for each payment. */
    REFUND_REQUESTED(
            "refund.requested",
            1,
            Line.ORDER,
            "return.refund-asked",
            text("return"),
            text("refund"),
            text("payment"),
            text("gateway"),
            text("amount"),
            text("currency")),
    RETURN_CLOSED("return.closed", 1, Line.ORDER, "return.closed", text("return")),
    POSTING_BOOKED("posting.booked", 1, Line.ORDER, "journal.posted", text("reference"), text("document")),
    POSTING_CONFIRMED("posting.confirmed", 1, Line.ORDER, "journal.confirmed", text("references")),
    POSTING_REVERSED("posting.reversed", 1, Line.ORDER, "journal.reversed", text("references")),
    INVENTORY_ADJUSTED(
            "inventory.adjusted",
            1,
            Line.STOCK,
            "stock.moved",
            text("measure"),
            text("movement"),
            number("change"),
            number("onHand"),
            number("shortfall"),
            number("held"),
            number("damaged"),
            number("inTransit"),
            number("safetyStock"),
            text("source"),
            text("sourceId"),
            text("reason")) {
        @Override
        public boolean supersedes() {
            return true;
        }
    },
    INVENTORY_SHORTFALL("inventory.shortfall", 1, Line.STOCK, "stock.short", number("shortfall"), number("uncovered")),
    PURCHASE_ORDER_RECEIVED(
            "purchase_order.received", 1, Line.PURCHASE_ORDER, "purchase-order.received", text("facility")),
    /** Once for each line of a delivery. */
    PURCHASE_ORDER_LINE_RECEIVED(
            "purchase_order.received",
            2,
            Line.PURCHASE_ORDER,
            "purchase-order.goods",
            text("facility"),
            text("delivery"),
            text("sku"),
            number("quantity")),
    TRANSFER_SENT(
            "transfer.sent",
            1,
            Line.TRANSFER,
            "transfer.sent",
            text("sender"),
            text("receiver"),
            number("units"),
            text("expectedAt")),
    /** Once more when a later receipt corrects it. */
    TRANSFER_RECEIVED(
            "transfer.received",
            1,
            Line.TRANSFER,
            "transfer.received",
            text("sender"),
            text("receiver"),
            number("units"),
            number("difference")),
    /** Also of what was sent and has come back. */
    TRANSFER_CANCELLED(
            "transfer.cancelled",
            1,
            Line.TRANSFER,
            "transfer.cancelled",
            text("sender"),
            text("receiver"),
            number("units")),
    PRICE_CHANGED(
            "price.changed",
            1,
            Line.PRODUCT,
            "price.changed",
            text("account"),
            text("currency"),
            text("amount"),
            text("before"),
            text("validFrom")),
    /** Once for each thing that an account says anew of a product of which others have the say. */
    PRODUCT_REFUSED(
            "product.refused",
            1,
            Line.PRODUCT,
            "product.refused",
            text("account"),
            text("about"),
            text("value"),
            text("counts")),
    /** Once for each attribute. */
    PRODUCT_CHANGED("product.changed", 1, Line.PRODUCT, "product.changed", text("attribute"), text("source")),
    /** What is said of them now is asked of the API, by whoever may. */
    CUSTOMER_UPDATED(
            "customer.updated", 1, Line.CUSTOMER, "customer.updated", texts("account", "externalId", "version")),
    /** In the line of the one who is gone. */
    CUSTOMER_MERGED(
            "customer.merged",
            1,
            Line.CUSTOMER,
            "customer.merged=MERGED",
            texts("into", "account", "externalId", "intoExternalId")),
    CUSTOMER_REFUSED("customer.refused", 1, Line.CUSTOMER, "customer.refused", text("account")),
    /** Of tills; what a customer brought back is one, too, and its amount is negative. */
    SALE_RECORDED("sale.recorded", 1, Line.ANY, "sale.recorded", sale()),
    /** A later version of one. */
    SALE_CORRECTED("sale.corrected", 1, Line.ANY, "sale.corrected", sale()),
    CASE_OPENED("case.opened", 1, Line.ANY, "case.opened", text("case"), text("step"), text("code"), text("due")),
    /** {@code to}: the group that is to hear of it; whoever subscribes tells them. */
    CASE_ESCALATED(
            "case.escalated",
            1,
            Line.ANY,
            "case.escalated",
            text("case"),
            text("code"),
            text("owner"),
            text("to"),
            text("due")),
    CASE_CLOSED("case.closed", 1, Line.ANY, "case.closed", text("case"));

    private final String title;
    private final int version;
    private final Line line;
    private final String kind;
    // Never handed out nor changed after construction.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> outcomes;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Field> fields;

    /** {@code entry} is the kind of entry and, where that is a change of status, {@code =} and to what. */
    EventType(String title, int version, Line line, String entry, Field... fields) {
        this.title = title;
        this.version = version;
        this.line = line;
        String[] parts = entry.split("=", 2);
        this.kind = parts[0];
        this.outcomes = parts.length == 1 ? List.of() : List.of(parts[1].split("\\|"));
        this.fields = List.of(fields);
    }

    /** The name without the version: {@code order.paid}. */
    public String title() {
        return title;
    }

    public int version() {
        return version;
    }

    /** Of which entries of the trace it is told. */
    public String kind() {
        return kind;
    }

    /** What subscribers and the schemas call it: {@code order.paid.v1}. */
    public String fullName() {
        return title + ".v" + version;
    }

    /** The JSON Schema (2020-12) of the data. */
    public String schema() {
        String name = "schema/" + fullName() + ".json";
        try (InputStream file = EventType.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Whether one event tells all that those of this type before it about the same subject have told. */
    public boolean supersedes() {
        return false;
    }

    public static Optional<EventType> named(String fullName) {
        return Arrays.stream(values())
                .filter(type -> type.fullName().equals(fullName))
                .findFirst();
    }

    /** As what an entry of the trace is told; nothing for most. */
    public static List<EventType> of(String subject, String kind, Map<String, String> detail) {
        return ByKind.TYPES.getOrDefault(kind, List.of()).stream()
                .filter(type -> type.tells(subject, detail))
                .toList();
    }

    /** Asked of every entry that is written, of which most are nobody's business. */
    private static final class ByKind {
        private static final Map<String, List<EventType>> TYPES =
                Arrays.stream(values()).collect(Collectors.groupingBy(EventType::kind));
    }

    private boolean tells(String subject, Map<String, String> detail) {
        return (outcomes.isEmpty() || outcomes.contains(detail.getOrDefault("to", "")))
                && line.form.matcher(subject).matches();
    }

    /** What an entry's event says: the names in its subject and the fields of this type: texts, whole numbers, and lists of units. */
    public Map<String, Object> data(String subject, Map<String, String> detail) {
        Map<String, Object> data = new LinkedHashMap<>(line.names(subject));
        fields.forEach(field -> field.read(detail).ifPresent(value -> data.put(field.name(), value)));
        return data;
    }

    /** In whose line an entry stands, and what its subject names. */
    private enum Line {
        ORDER("(?<order>O-[0-9A-Z]{10})", "order"),
        STOCK("stock/(?<facility>[^/]+)/(?<sku>.+)", "facility", "sku"),
        CUSTOMER("customer/(?<customer>.+)", "customer"),
        PRODUCT("product/(?<sku>.+)", "sku"),
        PURCHASE_ORDER("purchase-order/(?<account>[^/]+)/(?<purchaseOrder>.+)", "account", "purchaseOrder"),
        TRANSFER("transfer/(?<transfer>T-[0-9A-Z]{10})", "transfer"),
        ANY("(?<subject>.+)", "subject");

        private final Pattern form;

        @SuppressWarnings("ImmutableEnumChecker")
        private final List<String> names;

        Line(String form, String... names) {
            this.form = Pattern.compile(form);
            this.names = List.of(names);
        }

        Map<String, String> names(String subject) {
            Matcher matcher = form.matcher(subject);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(subject + " does not stand in the line of " + this);
            }
            Map<String, String> named = new LinkedHashMap<>();
            names.forEach(name -> named.put(name, matcher.group(name)));
            return named;
        }
    }

    /** One detail of an entry that is told, under the same name unless another is given; of units, all their details. */
    private record Field(String detail, String name, Form form) {
        Field as(String other) {
            return new Field(detail, other, form);
        }

        Optional<Object> read(Map<String, String> details) {
            return switch (form) {
                case Form.Text _ -> Optional.ofNullable(details.get(detail));
                case Form.Whole _ -> Optional.ofNullable(details.get(detail)).map(Long::valueOf);
                // An entry from before they were told has none.
                case Form.Units(List<String> whose) ->
                    Optional.<Object>of(UnitDetails.read(details, detail, whose))
                            .filter(units -> !units.equals(List.of()));
            };
        }
    }

    private sealed interface Form {
        record Text() implements Form {}

        record Whole() implements Form {}

        record Units(List<String> whose) implements Form {}
    }

    private static Field text(String detail) {
        return new Field(detail, detail, new Form.Text());
    }

    private static Field number(String detail) {
        return new Field(detail, detail, new Form.Whole());
    }

    private static Field units(String detail, String... whose) {
        return new Field(detail, detail, new Form.Units(List.of(whose)));
    }

    /** Which order it is, and what it comes to. */
    private static Field[] figures() {
        return texts("account", "externalId", "channel", "amount", "currency");
    }

    private static Field[] sale() {
        return texts("sale", "facility", "version", "soldAt", "amount", "currency", "postedWith");
    }

    private static Field[] work() {
        return texts("work", "facility", "carrier", "tracking");
    }

    private static Field[] workWithLines() {
        List<Field> fields = new ArrayList<>(List.of(work()));
        fields.add(units("lines"));
        return fields.toArray(Field[]::new);
    }

    private static Field[] texts(String... details) {
        return Arrays.stream(details).map(EventType::text).toArray(Field[]::new);
    }
}
