package io.throughline.store.fulfillment;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.event.UnitDetails;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.Offer;
import io.throughline.domain.fulfillment.OfferChoice;
import io.throughline.domain.fulfillment.Reroute;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.RerouteId;
import io.throughline.domain.fulfillment.RerouteStatus;
import io.throughline.domain.fulfillment.Reroutes;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.store.fulfillment.RerouteRows.Opening;
import io.throughline.store.inbox.InboxBell;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The reroutes, in PostgreSQL. Each change is decided under the lock of its row; of an order's rows, the order's comes first. */
public final class PostgresReroutes implements Reroutes {
    private static final String ACTOR = "throughline";

    /** Who stores what a channel tells compares it with the work within this time. */
    private static final Duration COMPARED_WITHIN = Duration.ofMinutes(1);

    private final Transactions transactions;
    private final TraceWriter trace;
    private final InboxBell bell;
    private final Clock clock;

    public PostgresReroutes(Transactions transactions, TraceWriter trace, InboxBell bell, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.bell = bell;
        this.clock = clock;
    }

    @Override
    public Reroute open(FulfillmentOrderId work, RerouteCause cause) {
        Reroute opened = transactions.in(handle -> {
            FulfillmentOrder given = PostgresFulfillmentOrders.read(handle, work, "for no key update")
                    .orElseThrow(() -> new IllegalArgumentException("no fulfillment order " + work));
            Opening opening = new Opening(given, cause, Optional.empty());
            RerouteId id = RerouteRows.open(handle, key(handle, work.order()), opening, clock.instant());
            RerouteRows.tellOpened(handle, trace, id, opening);
            return RerouteRows.find(handle, id, false).orElseThrow();
        });
        bell.ring();
        return opened;
    }

    @Override
    public Optional<Reroute> find(RerouteId id) {
        return transactions.with(handle -> RerouteRows.find(handle, id, false));
    }

    @Override
    public Optional<Reroute> latest(FulfillmentOrderId work) {
        return transactions.with(handle -> RerouteRows.latest(handle, work));
    }

    @Override
    public List<Reroute> ofOrder(OrderId order) {
        return transactions.with(handle -> RerouteRows.where(handle, "order by r.opened_at, r.id", order.value()));
    }

    @Override
    public void takenAway(RerouteId id) {
        transactions.run(handle -> {
            Reroute reroute = lock(handle, id);
            if (reroute.status() == RerouteStatus.OPENED) {
                move(handle, id, RerouteStatus.TAKEN_AWAY, reroute.finding(), Optional.empty());
            }
        });
    }

    @Override
    public void waits(RerouteId id, Reroute.Finding finding, Optional<Instant> lookAgainAt) {
        transactions.run(handle -> {
            Reroute reroute = lock(handle, id);
            if (reroute.ended()) {
                return;
            }
            move(handle, id, RerouteStatus.WAITING, finding, lookAgainAt);
            if (reroute.status() != RerouteStatus.WAITING
                    || !reroute.finding().words().equals(finding.words())) {
                tell(handle, reroute, "reroute.waits", id.work() + " waits: " + finding.words(), detail(finding));
            }
        });
    }

    @Override
    public void offer(RerouteId id, Reroute.Finding finding, Offer offer) {
        transactions.run(handle -> {
            Reroute reroute = lock(handle, id);
            if (reroute.ended() || reroute.offer().isPresent()) {
                return;
            }
            insert(handle, id, offer);
            move(handle, id, RerouteStatus.OFFERED, finding, Optional.empty());
            Map<String, String> detail = detail(finding);
            detail.put("choices", names(offer));
            detail.put("default", offer.byDefault().name());
            detail.put("answerBy", Columns.at(offer.answerBy()).toInstant().toString());
            tell(handle, reroute, "reroute.offered", "the customer is asked about " + id.work(), detail);
        });
    }

    private void insert(Handle handle, RerouteId id, Offer offer) {
        handle.createUpdate("""
                        insert into reroute_offer (reroute_id, choices, stores, by_default, answer_by, offered_at)
                        values (:id, cast(:choices as text[]), cast(:stores as text[]), :byDefault, :answerBy, :now)
                        """)
                .bind("id", id.value())
                .bindArray(
                        "choices",
                        String.class,
                        offer.choices().stream()
                                .map(choice -> choice.kind().name())
                                .toList())
                .bindArray(
                        "stores",
                        String.class,
                        offer.choices().stream()
                                .flatMap(choice -> choice.stores().stream())
                                .map(FacilityId::value)
                                .toList())
                .bind("byDefault", offer.byDefault())
                .bind("answerBy", Columns.at(offer.answerBy()))
                .bind("now", Columns.at(clock.instant()))
                .execute();
    }

    private static String names(Offer offer) {
        return offer.choices().stream()
                .map(choice -> choice.kind() + (choice.kind() == OfferChoice.OTHER_STORE ? " " + choice.stores() : ""))
                .collect(Collectors.joining(", "));
    }

    @Override
    public Answering answer(RerouteId id, Offer.Answer answer, String key) {
        Answering outcome = transactions.in(handle -> {
            Optional<Reroute> found =
                    RerouteRows.find(handle, id, true).filter(one -> one.offer().isPresent());
            if (found.isEmpty()) {
                return new Answering.Unknown();
            }
            // Read again: who held the lock before may have answered.
            Reroute reroute = RerouteRows.find(handle, id, false).orElseThrow();
            Offer offer = reroute.offer().orElseThrow();
            if (offer.answer().isPresent()) {
                return offer.answer().get().saysSame(answer) && key.equals(keyOf(handle, id))
                        ? new Answering.Taken(reroute)
                        : new Answering.Refused("it is answered already", false);
            }
            if (!offer.allows(answer.kind(), answer.store())) {
                return new Answering.Refused("it offers " + names(offer), true);
            }
            if (!reroute.isWaitedFor(clock.instant())) {
                return new Answering.Refused(
                        reroute.ended() ? "it is not needed any more" : "its time was over at " + offer.answerBy(),
                        false);
            }
            if (isToBeCancelled(handle, id.order())) {
                return new Answering.Refused("the order is being cancelled", false);
            }
            answer(handle, reroute, answer, Optional.of(key));
            return new Answering.Taken(RerouteRows.find(handle, id, false).orElseThrow());
        });
        bell.ring();
        return outcome;
    }

    private static boolean isToBeCancelled(Handle handle, OrderId order) {
        return handle.createQuery("select cancel_requested_at is not null from customer_order where id = :id")
                .bind("id", order.value())
                .mapTo(Boolean.class)
                .one();
    }

    private static String keyOf(Handle handle, RerouteId id) {
        return handle.createQuery("select coalesce(answer_key, '') from reroute_offer where reroute_id = :id")
                .bind("id", id.value())
                .mapTo(String.class)
                .one();
    }

    @Override
    public void askOn(RerouteId id, Instant answerBy) {
        transactions.run(handle -> {
            Reroute reroute = lock(handle, id);
            boolean over = reroute.status() == RerouteStatus.OFFERED && !reroute.isWaitedFor(clock.instant());
            if (over) {
                handle.createUpdate("update reroute_offer set answer_by = :until where reroute_id = :id")
                        .bind("until", Columns.at(answerBy))
                        .bind("id", id.value())
                        .execute();
                tell(
                        handle,
                        reroute,
                        "reroute.unanswered",
                        "nobody has answered about " + id.work() + ": the customer is asked on",
                        new HashMap<>(Map.of(
                                "answerBy", Columns.at(answerBy).toInstant().toString())));
            }
        });
    }

    @Override
    public void lapse(RerouteId id) {
        transactions.run(handle -> {
            lock(handle, id);
            Reroute reroute = RerouteRows.find(handle, id, false).orElseThrow();
            Optional<Offer> over =
                    reroute.offer().filter(offer -> !clock.instant().isBefore(offer.answerBy()));
            if (reroute.status() == RerouteStatus.OFFERED && over.isPresent()) {
                answer(handle, reroute, over.get().unanswered(ACTOR), Optional.empty());
            }
        });
        bell.ring();
    }

    private void answer(Handle handle, Reroute reroute, Offer.Answer answer, Optional<String> key) {
        RerouteId id = reroute.id();
        handle.createUpdate("""
                        update reroute_offer set answer = :answer, answer_store = :store, actor = :actor, answered_at = :now,
                            answer_key = :key
                        where reroute_id = :id
                        """)
                .bind("answer", answer.kind())
                .bind("store", answer.store().map(FacilityId::value).orElse(null))
                .bind("actor", answer.actor())
                .bind("now", Columns.at(clock.instant()))
                .bind("key", key.orElse(null))
                .bind("id", id.value())
                .execute();
        move(handle, id, RerouteStatus.ANSWERED, reroute.finding(), Optional.empty());
        RerouteRows.wake(handle, key(handle, id.order()), id, "answered", clock.instant());
        Map<String, String> detail = new HashMap<>();
        detail.put("answer", answer.kind().name());
        detail.put("actor", answer.actor());
        answer.store().ifPresent(store -> detail.put("store", store.value()));
        tell(
                handle,
                reroute,
                "reroute.answered",
                key.isPresent()
                        ? "the customer has chosen " + answer.kind() + " for " + id.work()
                        : "nobody has answered in time: " + answer.kind() + " counts for " + id.work(),
                detail);
    }

    @Override
    public void end(RerouteId id, RerouteStatus outcome, Reroute.Finding finding, List<FulfillmentOrderId> replacedBy) {
        transactions.run(handle -> {
            Reroute reroute = lock(handle, id);
            if (!reroute.ended()) {
                end(handle, reroute, outcome, finding, replacedBy);
            }
        });
        bell.ring();
    }

    private void end(
            Handle handle,
            Reroute reroute,
            RerouteStatus outcome,
            Reroute.Finding finding,
            List<FulfillmentOrderId> replacedBy) {
        RerouteId id = reroute.id();
        handle.createUpdate("""
                        update reroute set status = :status, words = :words, considered = cast(:considered as text[]),
                            excluded = cast(:excluded as text[]), replaced_by = cast(:replacedBy as text[]),
                            look_again_at = null, changed_at = :now, ended_at = :now
                        where id = :id
                        """)
                .bind("status", outcome)
                .bind("words", finding.words())
                .bindArray("considered", String.class, finding.considered())
                .bindArray("excluded", String.class, excluded(finding))
                .bindArray(
                        "replacedBy",
                        String.class,
                        replacedBy.stream().map(FulfillmentOrderId::value).toList())
                .bind("now", Columns.at(clock.instant()))
                .bind("id", id.value())
                .execute();
        WorkNews.tell(handle, key(handle, id.order()), id.work(), "reroute/" + id.number(), clock.instant());
        if (changedOutside(handle, reroute, outcome)) {
            WorkNews.readAnew(
                    handle, key(handle, id.order()), id.work(), "reroute/" + id.number() + "/read", clock.instant());
        }
        Map<String, String> detail = detail(finding);
        detail.put("outcome", outcome.name());
        detail.put("to", outcome.name());
        detail.putAll(told(handle, reroute, replacedBy));
        detail.put(
                "replacedBy", replacedBy.stream().map(FulfillmentOrderId::value).collect(Collectors.joining(", ")));
        tell(handle, reroute, "reroute.ended", id.work() + " is " + outcome + ": " + finding.words(), detail);
    }

    /**
     * What its channel has told while the work was on its way to somebody else was not compared with it; nor was an address that changed followed. What
     * was to be taken off it, and stays, is told to a person by whoever compares.
     */
    private static boolean changedOutside(Handle handle, Reroute reroute, RerouteStatus outcome) {
        return (reroute.cause() == RerouteCause.EDITED && outcome == RerouteStatus.KEPT)
                || handle.createQuery("""
                        select exists (select from order_version
                                where order_id = :order and number > 1 and stored_at > :since)
                            or exists (select from work_readdressed where work_id = :work and settled_at is null)
                        """)
                        .bind("order", reroute.id().order().value())
                        .bind("work", reroute.id().work().value())
                        .bind("since", Columns.at(reroute.openedAt().minus(COMPARED_WITHIN)))
                        .mapTo(Boolean.class)
                        .one();
    }

    /** From whom to whom what goes, and why. */
    private static Map<String, String> told(Handle handle, Reroute reroute, List<FulfillmentOrderId> replacedBy) {
        FulfillmentOrder given = read(handle, reroute.id().work()).orElseThrow();
        Set<String> lines = reroute.lines().stream().map(LineQuantity::lineId).collect(Collectors.toSet());
        Map<String, String> detail = new HashMap<>(Map.of(
                "from", given.failedBy().value(), "cause", reroute.cause().name()));
        detail.putAll(UnitDetails.write(
                "lines",
                reroute.lines().stream()
                        .map(line -> new UnitDetails.Units(
                                List.of(), line.quantity(), line.sku().value()))
                        .toList()));
        List<FulfillmentOrder> others = replacedBy.stream()
                .flatMap(other -> read(handle, other).stream())
                .toList();
        detail.putAll(RoutingRows.parts(others, line -> lines.contains(line.lineId())));
        return detail;
    }

    private static Optional<FulfillmentOrder> read(Handle handle, FulfillmentOrderId id) {
        return PostgresFulfillmentOrders.read(handle, id, "");
    }

    @Override
    public void callOff(OrderId order) {
        boolean any = transactions.in(handle -> {
            List<Reroute> open =
                    RerouteRows.where(handle, "and r.ended_at is null for no key update of r", order.value());
            // Their own processes end what they end; of this they must be told.
            open.forEach(one -> RerouteRows.wake(handle, key(handle, order), one.id(), "called-off", clock.instant()));
            open.forEach(one ->
                    end(handle, one, RerouteStatus.CALLED_OFF, Reroute.Finding.of("its order has ended"), List.of()));
            return !open.isEmpty();
        });
        if (any) {
            bell.ring();
        }
    }

    private static Reroute lock(Handle handle, RerouteId id) {
        return RerouteRows.find(handle, id, true).orElseThrow(() -> new IllegalArgumentException("no reroute " + id));
    }

    private void move(
            Handle handle, RerouteId id, RerouteStatus status, Reroute.Finding finding, Optional<Instant> lookAgainAt) {
        handle.createUpdate("""
                        update reroute set status = :status, words = :words, considered = cast(:considered as text[]),
                            excluded = cast(:excluded as text[]), look_again_at = cast(:lookAgainAt as timestamptz),
                            changed_at = :now
                        where id = :id
                        """)
                .bind("status", status)
                .bind("words", finding.words())
                .bindArray("considered", String.class, finding.considered())
                .bindArray("excluded", String.class, excluded(finding))
                .bind("lookAgainAt", Columns.at(lookAgainAt))
                .bind("now", Columns.at(clock.instant()))
                .bind("id", id.value())
                .execute();
    }

    private static List<String> excluded(Reroute.Finding finding) {
        return finding.excluded().stream().map(FacilityId::value).sorted().toList();
    }

    private static Map<String, String> detail(Reroute.Finding finding) {
        Map<String, String> detail = new HashMap<>(RoutingRows.detail(finding.considered()));
        if (!finding.excluded().isEmpty()) {
            detail.put("excluded", String.join(", ", excluded(finding)));
        }
        return detail;
    }

    private void tell(Handle handle, Reroute reroute, String kind, String summary, Map<String, String> detail) {
        detail.put("work", reroute.id().work().value());
        detail.put("reroute", reroute.id().value());
        trace.append(
                handle,
                reroute.id().work().value(),
                kind,
                summary,
                detail,
                List.of(reroute.id().value()));
    }

    private static OrderKey key(Handle handle, OrderId order) {
        return handle.createQuery("select account, external_id from customer_order where id = :id")
                .bind("id", order.value())
                .map((row, context) ->
                        new OrderKey(new AccountId(row.getString("account")), row.getString("external_id")))
                .one();
    }
}
