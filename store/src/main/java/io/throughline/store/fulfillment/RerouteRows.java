package io.throughline.store.fulfillment;

import com.fasterxml.jackson.core.type.TypeReference;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.Offer;
import io.throughline.domain.fulfillment.OfferChoice;
import io.throughline.domain.fulfillment.Reroute;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.RerouteId;
import io.throughline.domain.fulfillment.RerouteStatus;
import io.throughline.domain.fulfillment.StoreReport;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderKey;
import io.throughline.store.inbox.InboxRows;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** The rows of {@code reroute}, with what was offered because of each, and the messages that wake their processes. */
final class RerouteRows {
    private static final String TOPIC = "throughline/reroute";
    private static final TypeReference<List<LineQuantity>> LINES = new TypeReference<>() {};

    private static final String SELECT = """
            select r.id, r.cause, r.scope, r.lines, r.status, r.words, r.considered, r.excluded, r.replaced_by, r.look_again_at,
                r.opened_at, r.ended_at, o.choices, o.stores, o.by_default, o.answer_by, o.answer, o.answer_store,
                o.answered_at, o.actor
            from reroute r left join reroute_offer o on o.reroute_id = r.id
            """;

    private RerouteRows() {}

    /** What the reroute of a piece of work begins with; {@code scope} is what a store meant. */
    record Opening(FulfillmentOrder work, RerouteCause cause, Optional<StoreReport.Scope> scope) {}

    /** The one that is open, or the next, as part of the transaction of what causes it, which holds the work's row. */
    static RerouteId open(Handle handle, OrderKey order, Opening opening, Instant now) {
        Optional<Reroute> before = latest(handle, opening.work().id());
        if (before.filter(one -> !one.ended()).isPresent()) {
            return before.get().id();
        }
        int number = before.map(one -> one.id().number()).orElse(0) + 1;
        RerouteId id = RerouteId.of(opening.work().id(), number);
        handle.createUpdate("""
                        insert into reroute (id, work_id, number, order_id, cause, scope, lines, excluded, status, opened_at,
                            changed_at)
                        values (:id, :work, :number, :order, :cause, :scope, cast(:lines as jsonb),
                            cast(:excluded as text[]), 'OPENED', :now, :now)
                        """)
                .bind("id", id.value())
                .bind("work", opening.work().id().value())
                .bind("number", number)
                .bind("order", id.order().value())
                .bind("cause", opening.cause())
                .bind("scope", opening.scope().map(Enum::name).orElse(null))
                .bind("lines", CanonicalJson.write(opening.work().lines()))
                .bindArray(
                        "excluded",
                        String.class,
                        List.of(opening.work().failedBy().value()))
                .bind("now", Columns.at(now))
                .execute();
        wake(handle, order, id, "opened", now);
        return id;
    }

    /** The last thing of that transaction. */
    static void tellOpened(Handle handle, TraceWriter trace, RerouteId id, Opening opening) {
        Map<String, String> detail = new HashMap<>();
        detail.put("work", opening.work().id().value());
        detail.put("facility", opening.work().facility().value());
        detail.put("cause", opening.cause().name());
        opening.scope().ifPresent(scope -> detail.put("scope", scope.name()));
        opening.work().lines().forEach(line -> detail.put(line.lineId(), line.quantity() + " × " + line.sku()));
        trace.append(
                handle,
                opening.work().id().value(),
                "opened " + id,
                "reroute.opened",
                opening.work().id() + " is to go elsewhere than to "
                        + opening.work().facility() + ": " + opening.cause(),
                detail,
                List.of(id.value(), id.workflowId()));
    }

    /** {@code what} tells the news of one reroute apart. */
    static void wake(Handle handle, OrderKey order, RerouteId id, String what, Instant now) {
        InboxRows.insert(handle, order.account(), TOPIC, id + "/" + what, id.workflowId(), "{}", now);
    }

    static Optional<Reroute> latest(Handle handle, FulfillmentOrderId work) {
        return handle.createQuery(SELECT + "where r.work_id = :work order by r.number desc limit 1")
                .bind("work", work.value())
                .map((row, context) -> map(row))
                .findOne();
    }

    /** With {@code lock}, nobody else changes it until the transaction ends. */
    static Optional<Reroute> find(Handle handle, RerouteId id, boolean lock) {
        return handle.createQuery(SELECT + "where r.id = :id" + (lock ? " for no key update of r" : ""))
                .bind("id", id.value())
                .map((row, context) -> map(row))
                .findOne();
    }

    static List<Reroute> where(Handle handle, String condition, String order) {
        return handle.createQuery(SELECT + "where r.order_id = :order " + condition)
                .bind("order", order)
                .map((row, context) -> map(row))
                .list();
    }

    private static Reroute map(ResultSet row) throws SQLException {
        return new Reroute(
                new RerouteId(row.getString("id")),
                RerouteCause.valueOf(row.getString("cause")),
                Columns.optionalText(row, "scope").map(StoreReport.Scope::valueOf),
                CanonicalJson.read(row.getString("lines"), LINES),
                RerouteStatus.valueOf(row.getString("status")),
                new Reroute.Finding(
                        row.getString("words"), texts(row, "considered"), Set.copyOf(facilities(row, "excluded"))),
                texts(row, "replaced_by").stream().map(FulfillmentOrderId::new).toList(),
                Columns.optionalInstant(row, "look_again_at"),
                offer(row),
                Columns.instant(row, "opened_at"),
                Columns.optionalInstant(row, "ended_at"));
    }

    private static Optional<Offer> offer(ResultSet row) throws SQLException {
        if (row.getString("by_default") == null) {
            return Optional.empty();
        }
        List<FacilityId> stores = facilities(row, "stores");
        List<Offer.Choice> choices = texts(row, "choices").stream()
                .map(OfferChoice::valueOf)
                .map(kind -> new Offer.Choice(kind, kind == OfferChoice.OTHER_STORE ? stores : List.of()))
                .toList();
        return Optional.of(new Offer(
                choices,
                OfferChoice.valueOf(row.getString("by_default")),
                Columns.instant(row, "answer_by"),
                answer(row)));
    }

    private static Optional<Offer.Answer> answer(ResultSet row) throws SQLException {
        String kind = row.getString("answer");
        return kind == null
                ? Optional.empty()
                : Optional.of(new Offer.Answer(
                        OfferChoice.valueOf(kind),
                        Columns.optionalText(row, "answer_store").map(FacilityId::new),
                        row.getString("actor"),
                        Columns.instant(row, "answered_at")));
    }

    private static List<FacilityId> facilities(ResultSet row, String column) throws SQLException {
        return texts(row, column).stream().map(FacilityId::new).toList();
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return Stream.of((String[]) row.getArray(column).getArray()).collect(Collectors.toList());
    }
}
