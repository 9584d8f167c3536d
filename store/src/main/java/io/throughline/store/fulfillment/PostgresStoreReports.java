package io.throughline.store.fulfillment;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityAnswer;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.PickupProof;
import io.throughline.domain.fulfillment.ReportedChange;
import io.throughline.domain.fulfillment.ReportedChange.Forbidden;
import io.throughline.domain.fulfillment.ReportedChange.GivesBack;
import io.throughline.domain.fulfillment.ReportedChange.HandsOverPart;
import io.throughline.domain.fulfillment.ReportedChange.Moves;
import io.throughline.domain.fulfillment.ReportedChange.Stays;
import io.throughline.domain.fulfillment.ReportedChange.Unfit;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.RerouteId;
import io.throughline.domain.fulfillment.RerouteStatus;
import io.throughline.domain.fulfillment.StoreReport;
import io.throughline.domain.fulfillment.StoreReports;
import io.throughline.domain.hash.Sha256;
import io.throughline.domain.inventory.StockRejection;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.store.customer.PersonRows;
import io.throughline.store.fulfillment.RerouteRows.Opening;
import io.throughline.store.inbox.InboxBell;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import io.throughline.store.inventory.FacilityWords;
import io.throughline.store.inventory.PostgresInventory;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * What stores' devices report, in PostgreSQL. Locks are taken in one order: the order's row, which its cancellation takes too, the
 * work's, balances, the order's trace.
 */
public final class PostgresStoreReports implements StoreReports {
    private final Transactions transactions;
    private final PostgresFulfillmentOrders work;
    private final PostgresInventory inventory;
    private final TraceWriter trace;
    private final InboxBell bell;
    private final Clock clock;

    public PostgresStoreReports(
            Transactions transactions,
            PostgresFulfillmentOrders work,
            PostgresInventory inventory,
            TraceWriter trace,
            InboxBell bell,
            Clock clock) {
        this.transactions = transactions;
        this.work = work;
        this.inventory = inventory;
        this.trace = trace;
        this.bell = bell;
        this.clock = clock;
    }

    @Override
    public Answer take(
            FulfillmentOrderId id,
            StoreReport report,
            String actor,
            Function<FulfillmentStatus, Optional<Instant>> leaveBy) {
        Answer answer = transactions.in(handle -> {
            Optional<Owner> owner = lockOwner(handle, id.order());
            Optional<FulfillmentOrder> found =
                    owner.flatMap(order -> PostgresFulfillmentOrders.read(handle, id, "for no key update"));
            if (found.isEmpty()) {
                return new Answer.Unknown();
            }
            return before(handle, id, report)
                    .orElseGet(
                            () -> decide(handle, new Told(owner.orElseThrow(), found.get(), report, actor), leaveBy));
        });
        if (answer instanceof Answer.Taken) {
            bell.ring();
            transactions.run(handle -> PostgresFulfillmentOrders.read(handle, id, "")
                    .ifPresent(one -> FacilityWords.said(handle, FacilityWords.APP, one.facility(), clock.instant())));
        }
        return answer;
    }

    /** The order that the work is part of; {@code undone}: it is to be cancelled, and nothing of it has left. */
    private record Owner(OrderKey key, boolean undone) {}

    private record Told(Owner owner, FulfillmentOrder work, StoreReport report, String actor) {
        FulfillmentOrderId id() {
            return work.id();
        }

        String digest() {
            return Sha256.hex(report.content());
        }
    }

    private static Optional<Owner> lockOwner(Handle handle, OrderId order) {
        return handle.createQuery("""
                        select account, external_id, cancel_requested_at is not null and not exists (
                            select from fulfillment_order f
                            where f.order_id = o.id and f.status in ('SHIPPED', 'PICKED_UP', 'DELIVERED')) as undone
                        from customer_order o where id = :order for no key update of o
                        """)
                .bind("order", order.value())
                .map((row, context) -> new Owner(
                        new OrderKey(new AccountId(row.getString("account")), row.getString("external_id")),
                        row.getBoolean("undone")))
                .findOne();
    }

    private static Optional<Answer> before(Handle handle, FulfillmentOrderId id, StoreReport report) {
        return handle.createQuery("""
                        select status, at, given_back from work_report
                        where work_id = :id and name = :name and content_sha256 = :digest
                        """)
                .bind("id", id.value())
                .bind("name", report.name())
                .bind("digest", Sha256.hex(report.content()))
                .map((row, context) -> (Answer) new Answer.Taken(
                        FulfillmentStatus.valueOf(row.getString("status")),
                        Columns.instant(row, "at"),
                        Columns.optionalText(row, "given_back").map(FulfillmentOrderId::new)))
                .findOne();
    }

    private Answer decide(Handle handle, Told told, Function<FulfillmentStatus, Optional<Instant>> leaveBy) {
        FulfillmentStatus status = told.work().status();
        if (told.owner().undone() && !status.terminal()) {
            return new Answer.Refused(status, "its order is being cancelled");
        }
        if (told.work().heldOpen().isPresent() && !(told.report() instanceof StoreReport.Arrival)) {
            return new Answer.Refused(status, told.work().heldOpen().get().reason());
        }
        if (told.report() instanceof StoreReport.Handover handover) {
            Optional<String> objection = objection(handle, told, handover);
            if (objection.isPresent()) {
                return new Answer.Refused(status, objection.get());
            }
        }
        return switch (ReportedChange.of(told.work(), told.report())) {
            case Forbidden(String why) -> new Answer.Refused(status, why);
            case Unfit(String where, String rule) -> new Answer.Unfit(where, rule);
            case Stays stays -> stays(handle, told);
            case Moves moves
            when isAskedBack(handle, told, moves.to()) ->
                new Answer.Refused(
                        status,
                        "less of it is wanted, for its order was edited, and it is being taken back: what is still"
                                + " wanted comes as new work");
            case Moves moves -> moves(handle, told, moves, leaveBy.apply(moves.to()));
            case GivesBack givesBack -> givesBack(handle, told, givesBack);
            case HandsOverPart part -> handsOverPart(handle, told, part);
        };
    }

    /** What is handed over has happened; what is not packed yet is not packed for an order that wants less of it. */
    private static boolean isAskedBack(Handle handle, Told told, FulfillmentStatus to) {
        boolean packs = !to.handedOver()
                && to.reached(FulfillmentStatus.PACKED)
                && !told.work().status().reached(FulfillmentStatus.PACKED);
        return packs
                && RerouteRows.latest(handle, told.id())
                        .filter(one -> one.status() == RerouteStatus.OPENED && one.cause() == RerouteCause.EDITED)
                        .isPresent();
    }

    /** What leaves bears its label, and who shows a code shows the one that was told. */
    private Optional<String> objection(Handle handle, Told told, StoreReport.Handover handover) {
        if (told.work().status() == FulfillmentStatus.PACKED && ParcelRows.toBeLabelled(handle, told.id())) {
            return Optional.of("the label of a parcel is not bought yet");
        }
        boolean wrong = handover.proof()
                .filter(PickupProof.Code.class::isInstance)
                .map(PickupProof.Code.class::cast)
                .filter(shown -> !PostgresPickupCodes.isGood(handle, told.id(), shown.code()))
                .isPresent();
        if (!wrong || told.work().method() != DeliveryMethod.PICKUP) {
            return Optional.empty();
        }
        trace.append(
                handle,
                told.id().value(),
                "work.code-refused",
                "a wrong code was shown for " + told.id(),
                Map.of("work", told.id().value(), "actor", told.actor()));
        return Optional.of("this code is not its customer's; ask for a document instead");
    }

    private Answer stays(Handle handle, Told told) {
        Answer.Taken taken = keep(handle, told, told.work().status(), Optional.empty());
        if (told.report() instanceof StoreReport.Arrival) {
            PostgresFulfillmentOrders.change(handle, told.id(), "arrived_at = coalesce(arrived_at, :at)")
                    .bind("at", Columns.at(taken.at()))
                    .execute();
        }
        tell(handle, told);
        return taken;
    }

    private Answer moves(Handle handle, Told told, Moves moves, Optional<Instant> deadline) {
        Answer.Taken taken = keep(handle, told, moves.to(), Optional.empty());
        wake(handle, told);
        if (moves.to().handedOver()) {
            PostgresFulfillmentOrders.change(handle, told.id(), "handed_over_at = :at")
                    .bind("at", Columns.at(taken.at()))
                    .execute();
        }
        tell(handle, told);
        if (told.report() instanceof StoreReport.Packing packing) {
            ParcelRows.pack(handle, told.work(), packing.parcels(), taken.at());
        }
        work.move(handle, told.work(), moves.to(), moves.tracking(), Optional.empty(), deadline);
        return taken;
    }

    /** What is done stays where it is; the rest becomes work of its own that this facility has rejected, for a reroute to find others. */
    private Answer givesBack(Handle handle, Told told, GivesBack givesBack) {
        boolean all = givesBack.kept().isEmpty();
        String reason = told.report().name() + ": " + ground(told.report());
        FulfillmentOrder part =
                all ? told.work() : splitOff(handle, told.work(), givesBack, FulfillmentStatus.REJECTED);
        Answer.Taken taken = keep(
                handle,
                told,
                all ? FulfillmentStatus.REJECTED : told.work().status(),
                all ? Optional.empty() : Optional.of(part.id()));
        Opening opening = new Opening(
                part(told.work(), part.id(), givesBack.missing(), FulfillmentStatus.REJECTED),
                RerouteCause.of(told.report()),
                scope(told.report()));
        RerouteId reroute = RerouteRows.open(handle, told.owner().key(), opening, clock.instant());
        wake(handle, told);
        inventory.giveBack(handle, told.work(), givesBack.missing(), rejection(told.report(), part.id()));
        tell(handle, told);
        work.move(handle, part, FulfillmentStatus.REJECTED, Optional.empty(), Optional.of(reason), Optional.empty());
        RerouteRows.tellOpened(handle, trace, reroute, opening);
        return taken;
    }

    /** What the customer has got has left. The rest lies ready on as work of its own, with the same time; or it goes where a shortage goes. */
    private Answer handsOverPart(Handle handle, Told told, HandsOverPart change) {
        boolean waits = change.rest() == StoreReport.Rest.WAITS;
        FulfillmentOrder rest = splitOff(
                handle,
                told.work(),
                new GivesBack(change.handed(), change.left()),
                waits ? FulfillmentStatus.READY_FOR_PICKUP : FulfillmentStatus.REJECTED);
        Answer.Taken taken = keep(handle, told, FulfillmentStatus.PICKED_UP, Optional.of(rest.id()));
        Optional<Opening> opening = waits
                ? Optional.empty()
                : Optional.of(new Opening(
                        part(told.work(), rest.id(), change.left(), FulfillmentStatus.REJECTED),
                        RerouteCause.SHORT,
                        Optional.of(StoreReport.Scope.ITEM)));
        Optional<RerouteId> reroute =
                opening.map(one -> RerouteRows.open(handle, told.owner().key(), one, clock.instant()));
        wake(handle, told);
        PostgresFulfillmentOrders.change(handle, told.id(), "handed_over_at = :at")
                .bind("at", Columns.at(taken.at()))
                .execute();
        if (waits) {
            inventory.passOn(handle, told.work(), rest.id(), change.left());
        } else {
            inventory.giveBack(
                    handle,
                    told.work(),
                    change.left(),
                    new StockRejection(rest.id(), StoreReport.Ground.NOT_FOUND, false));
        }
        tell(handle, told);
        work.move(
                handle, told.work(), FulfillmentStatus.PICKED_UP, Optional.empty(), Optional.empty(), Optional.empty());
        opening.ifPresent(one -> {
            work.move(
                    handle,
                    rest,
                    FulfillmentStatus.REJECTED,
                    Optional.empty(),
                    Optional.of(told.report().name() + ": " + StoreReport.Ground.NOT_FOUND),
                    Optional.empty());
            RerouteRows.tellOpened(handle, trace, reroute.orElseThrow(), one);
        });
        return taken;
    }

    private static Optional<StoreReport.Scope> scope(StoreReport report) {
        return report instanceof StoreReport.Rejection rejection
                ? Optional.of(rejection.scope())
                : Optional.of(StoreReport.Scope.ITEM);
    }

    /** The part as it was until now: it is kept as rejected from the first, since its facility is given no work of a line that it has rejected. */
    private static FulfillmentOrder splitOff(
            Handle handle, FulfillmentOrder whole, GivesBack givesBack, FulfillmentStatus status) {
        PostgresFulfillmentOrders.change(handle, whole.id(), "lines = cast(:lines as jsonb)")
                .bind("lines", CanonicalJson.write(givesBack.kept()))
                .execute();
        int ordinal = FulfillmentRows.ofOrder(handle, whole.id().order()).size() + 1;
        FulfillmentOrderId id = FulfillmentOrderId.of(whole.id().order(), ordinal);
        FulfillmentRows.insert(handle, List.of(part(whole, id, givesBack.missing(), status)), Optional.empty());
        PostgresFulfillmentOrders.change(
                        handle,
                        id,
                        "time_left = (select w.time_left from fulfillment_order w where w.id = :whole and :goesOn)")
                .bind("whole", whole.id().value())
                .bind("goesOn", !status.terminal())
                .execute();
        return part(whole, id, givesBack.missing(), whole.status());
    }

    private static FulfillmentOrder part(
            FulfillmentOrder whole, FulfillmentOrderId id, List<LineQuantity> lines, FulfillmentStatus status) {
        return new FulfillmentOrder(
                id,
                whole.facility(),
                whole.method(),
                status,
                lines,
                whole.channelWork(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                status == FulfillmentStatus.READY_FOR_PICKUP ? whole.deadline() : Optional.empty(),
                false,
                true,
                Optional.empty(),
                FacilityAnswer.NONE);
    }

    private static StoreReport.Ground ground(StoreReport report) {
        return switch (report) {
            case StoreReport.Shortage shortage -> shortage.ground();
            case StoreReport.Rejection rejection -> rejection.ground();
            default -> throw new IllegalArgumentException(report.name() + " gives nothing back");
        };
    }

    private static StockRejection rejection(StoreReport report, FulfillmentOrderId part) {
        boolean everything =
                report instanceof StoreReport.Rejection rejection && rejection.scope() == StoreReport.Scope.SKU;
        return new StockRejection(part, ground(report), everything);
    }

    private Answer.Taken keep(
            Handle handle, Told told, FulfillmentStatus status, Optional<FulfillmentOrderId> givenBack) {
        Instant now = Columns.at(clock.instant()).toInstant();
        handle.createUpdate("""
                        insert into work_report (work_id, name, content_sha256, status, given_back, actor, at)
                        values (:id, :name, :digest, :status, :givenBack, :actor, :at)
                        """)
                .bind("id", told.id().value())
                .bind("name", told.report().name())
                .bind("digest", told.digest())
                .bind("status", status)
                .bind("givenBack", givenBack.map(FulfillmentOrderId::value).orElse(null))
                .bind("actor", told.actor())
                .bind("at", Columns.at(now))
                .execute();
        PostgresFulfillmentOrders.change(handle, told.id(), "reported = true").execute();
        FulfillmentOrderId about =
                told.report() instanceof StoreReport.Handover ? told.id() : givenBack.orElse(told.id());
        told.report()
                .words()
                .ifPresent(
                        words -> PersonRows.say(handle, told.id().value(), nameOfWords(told.report(), about), words));
        return new Answer.Taken(status, now, givenBack);
    }

    /** Why work is not done is shown with the work; the rest has names of its own. */
    private static String nameOfWords(StoreReport report, FulfillmentOrderId about) {
        return switch (report) {
            case StoreReport.Shortage shortage -> about.value();
            case StoreReport.Rejection rejection -> about.value();
            default -> about + "/" + report.name();
        };
    }

    private void wake(Handle handle, Told told) {
        WorkNews.tell(
                handle, told.owner().key(), told.id(), told.report().name() + "/" + told.digest(), clock.instant());
    }

    private void tell(Handle handle, Told told) {
        Map<String, String> detail = new HashMap<>();
        detail.put("work", told.id().value());
        detail.put("facility", told.work().facility().value());
        detail.put("report", told.report().name());
        detail.put("actor", told.actor());
        if (told.report() instanceof StoreReport.Handover handover) {
            handover.proof().ifPresent(proof -> detail.put("proof", proof.name()));
        }
        if (!told.report().content().isEmpty()) {
            detail.put("content", told.report().content());
        }
        trace.append(
                handle,
                told.id().value(),
                told.report() instanceof StoreReport.Arrival ? "work.arrived" : "work.reported",
                told.work().facility() + " reports of " + told.id() + ": "
                        + told.report().name(),
                detail,
                told.report() instanceof StoreReport.Packing packing
                        ? packing.parcels().stream()
                                .flatMap(parcel -> parcel.tracking().stream())
                                .map(tracking -> tracking.number())
                                .toList()
                        : List.<String>of());
    }
}
