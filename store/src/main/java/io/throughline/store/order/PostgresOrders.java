package io.throughline.store.order;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.order.Reading;
import io.throughline.domain.order.Tender;
import io.throughline.domain.policy.OrderRules;
import io.throughline.domain.routing.RoutingDecision;
import io.throughline.store.customer.AmendmentRows;
import io.throughline.store.customer.PersonRows;
import io.throughline.store.fulfillment.AddressNews;
import io.throughline.store.fulfillment.RerouteNews;
import io.throughline.store.fulfillment.RoutingRows;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import io.throughline.store.returns.ExchangeRows;
import io.throughline.store.returns.RefundNews;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/** The orders, in PostgreSQL: one row that says where each stands, and the versions that its channel has told, which only grow. */
public final class PostgresOrders implements Orders {
    private static final String PAYMENT = "payment";
    private static final String POSTING = "posting";

    private final Transactions transactions;
    private final TraceWriter trace;
    private final Clock clock;

    public PostgresOrders(Transactions transactions, TraceWriter trace, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public OrderView hint(OrderKey key, Channel channel, OrderRules rules) {
        OrderId id = OrderId.of(key);
        return transactions.in(handle -> {
            boolean first = handle.createQuery("""
                insert into customer_order (id, account, external_id, channel, name, status, payment, posting,
                    policy_version, routing_version, local_queues, hinted_at, received_at, changed_at)
                values (:id, :account, :externalId, :channel, :externalId, 'RECEIVED', 'PENDING', 'PENDING',
                    :policyVersion, :routingVersion, cast(:localQueues as text[]), :now, :now, :now)
                on conflict (id) do update
                    set hinted_at = greatest(customer_order.hinted_at, excluded.hinted_at),
                        policy_version = coalesce(customer_order.policy_version, excluded.policy_version),
                        routing_version = case when customer_order.policy_version is null
                            then excluded.routing_version else customer_order.routing_version end,
                        local_queues = coalesce(customer_order.local_queues, excluded.local_queues)
                    where customer_order.account = excluded.account
                        and customer_order.external_id = excluded.external_id
                returning old.id is null
                """)
                    .bind("id", id.value())
                    .bind("account", key.account().value())
                    .bind("externalId", key.externalId())
                    .bind("channel", channel)
                    .bind("policyVersion", rules.policyVersion())
                    .bind("routingVersion", rules.routingVersion().orElse(null))
                    .bindArray("localQueues", String.class, rules.localQueues())
                    .bind("now", Columns.at(clock.instant()))
                    .mapTo(Boolean.class)
                    .findOne()
                    .orElseThrow(() -> new IllegalStateException(id + " is the name of another order than " + key));
            if (first) {
                traceReceived(handle, key);
            }
            return OrderRows.view(handle, id).orElseThrow();
        });
    }

    @Override
    public Accepted accept(Order told, PersonalData toldOf, Instant readAt) {
        return transactions.in(handle -> {
            Known known = lock(handle, told.key()).orElseGet(() -> {
                insert(handle, told.key(), told.channel());
                return lock(handle, told.key()).orElseThrow();
            });
            Order order = known.named() ? ProductNames.in(handle, told, clock.instant()) : told;
            PersonalData person =
                    known.amended() ? AmendmentRows.amended(handle, told.id().value(), toldOf) : toldOf;
            Reading read = new Reading(Columns.at(order.version()).toInstant(), readAt);
            Optional<Reading> notOlder =
                    known.reading().filter(stored -> !read.version().isAfter(stored.version()));
            if (notOlder.isPresent()) {
                Order newest = VersionRows.newest(handle, order.id()).orElseThrow();
                boolean supersedes = read.supersedes(notOlder.get());
                if (newest.equals(order) || !supersedes) {
                    lookedAgain(handle, order, newest, readAt);
                    if (supersedes) {
                        // A channel tells its times in whole seconds: the person may be another in the same version.
                        keepPerson(handle, Optional.of(newest), order, person);
                    }
                    setAxis(handle, order.id(), PAYMENT, known.payment(), newest.paymentStatus());
                    tellPaid(handle, known, newest);
                    return new Accepted(false, newest);
                }
            }
            Optional<Order> before = VersionRows.newest(handle, order.id());
            Set<String> toldBefore = refunds(before);
            store(handle, order, known.versions() + 1, readAt);
            traceVersion(handle, order, known.versions() + 1);
            keepPerson(handle, before, order, person);
            setAxis(handle, order.id(), PAYMENT, known.payment(), order.paymentStatus());
            tellPaid(handle, known, order);
            order.tenders().stream()
                    .filter(tender -> tender.isRefund() && !toldBefore.contains(tender.id()))
                    .forEach(refund -> tellRefund(handle, order, refund));
            before.ifPresent(older -> RefundNews.tell(handle, older, order, known.versions() + 1, clock.instant()));
            if (known.versions() > 0) {
                RerouteNews.changed(handle, order.key(), known.versions() + 1, clock.instant());
            }
            return new Accepted(true, order);
        });
    }

    /** That the work goes to another address is noted with it, and told without it. */
    private void keepPerson(Handle handle, Optional<Order> before, Order order, PersonalData person) {
        int readdressed = PersonRows.replace(handle, order.id(), order.customer(), person)
                .map(former -> AddressNews.heed(
                        handle, before.flatMap(Order::destination), former, order, person, clock.instant()))
                .orElse(0);
        traceReaddressed(handle, trace, order.id().value(), readdressed);
    }

    /** {@code work}: how many pieces of it that concerns; of none there is nothing to tell. */
    public static void traceReaddressed(Handle handle, TraceWriter trace, String order, int work) {
        if (work > 0) {
            trace.append(
                    handle,
                    order,
                    "order.readdressed",
                    "it goes to another address now",
                    Map.of("work", Integer.toString(work)));
        }
    }

    /** Once for ever: what an edit adds, or a refund takes back, makes it no news when it is paid again. */
    private void tellPaid(Handle handle, Known known, Order order) {
        if (known.paid() || !order.wasPaidInFull()) {
            return;
        }
        handle.createUpdate("update customer_order set paid_at = :now where id = :id")
                .bind("now", Columns.at(clock.instant()))
                .bind("id", order.id().value())
                .execute();
        trace.append(
                handle,
                order.id().value(),
                "paid",
                "order.paid",
                order.paid() + " is paid of " + order.name(),
                ToldOrder.of(order),
                List.of());
    }

    private static Set<String> refunds(Optional<Order> order) {
        return order.stream()
                .flatMap(known -> known.tenders().stream())
                .filter(Tender::isRefund)
                .map(Tender::id)
                .collect(Collectors.toSet());
    }

    /** Once, also of an order that forgets a refund and tells of it again. */
    private void tellRefund(Handle handle, Order order, Tender refund) {
        Money amount = refund.amount().shop();
        trace.append(
                handle,
                order.id().value(),
                "refund/" + refund.id(),
                "refund.issued",
                amount + " went back by " + refund.gateway(),
                Map.of(
                        "refund", refund.id(),
                        "amount", amount.toDecimal().toPlainString(),
                        "currency", amount.currency().toString(),
                        "tender", refund.gateway(),
                        "to", order.paymentStatus().name()),
                List.of());
    }

    private static void lookedAgain(Handle handle, Order read, Order stored, Instant readAt) {
        handle.createUpdate("""
            update customer_order
            set hinted_at = case when hinted_at > :readAt then hinted_at end,
                read_at = case when :same then greatest(read_at, :readAt) else read_at end
            where id = :id and (hinted_at <= :readAt or :same)
            """)
                .bind("id", read.id().value())
                .bind("readAt", Columns.at(readAt))
                .bind("same", read.equals(stored))
                .execute();
    }

    @Override
    public Optional<OrderView> view(OrderId id) {
        return transactions.with(handle -> OrderRows.view(handle, id));
    }

    /** As part of a transaction of somebody else. */
    public OrderView view(Handle handle, OrderId id) {
        return OrderRows.view(handle, id).orElseThrow(() -> unknown(id));
    }

    @Override
    public Optional<Order> find(OrderId id) {
        return transactions.with(handle -> newest(handle, id));
    }

    /** As part of a transaction of somebody else. */
    public Optional<Order> newest(Handle handle, OrderId id) {
        return VersionRows.newest(handle, id);
    }

    @Override
    public Order named(OrderId id) {
        return transactions.in(handle -> {
            OrderKey key = view(handle, id).key();
            Known known = lock(handle, key).orElseThrow(() -> unknown(id));
            Order newest = VersionRows.known(handle, id);
            Order named = ProductNames.in(handle, newest, clock.instant());
            if (!named.equals(newest)) {
                store(
                        handle,
                        named,
                        known.versions() + 1,
                        known.reading().orElseThrow().beganAt());
                traceVersion(handle, named, known.versions() + 1);
                traceNamed(handle, newest, named, known.versions() + 1);
            }
            return named;
        });
    }

    /** Something of it becomes another, and what its channel tells from here on is taken in by that. Its row stays locked. */
    public static void amended(Handle handle, OrderId id) {
        handle.createUpdate("update customer_order set amended = true where id = :id")
                .bind("id", id.value())
                .execute();
    }

    /** Whose it is, of an order that is stored. */
    public static AccountId account(Handle handle, OrderId id) {
        return handle.createQuery("select account from customer_order where id = :id")
                .bind("id", id.value())
                .mapTo(String.class)
                .findOne()
                .map(AccountId::of)
                .orElseThrow(() -> unknown(id));
    }

    @Override
    public List<Order> versions(OrderId id) {
        return transactions.with(handle -> VersionRows.newestFirst(handle, id));
    }

    @Override
    public Optional<Reading> reading(OrderId id) {
        return transactions.with(handle -> handle.createQuery(
                        "select version, read_at from customer_order where id = :id and version is not null")
                .bind("id", id.value())
                .map((row, context) -> reading(row).orElseThrow())
                .findOne());
    }

    @Override
    public void advance(OrderId id, OrderStatus to, String reason) {
        transactions.run(handle -> {
            OrderStatus from = lockedStatus(handle, id);
            if (from == to) {
                return;
            }
            if (!from.next().contains(to)) {
                throw new IllegalStateException(id + " is " + from + " and can't become " + to);
            }
            handle.createUpdate("update customer_order set status = :to, changed_at = :now where id = :id")
                    .bind("to", to)
                    .bind("now", Columns.at(clock.instant()))
                    .bind("id", id.value())
                    .execute();
            if (to.ended()) {
                ExchangeRows.tellReturnOf(handle, id, to.name(), clock.instant());
            }
            Map<String, String> detail = new HashMap<>(told(handle, id, to));
            detail.putAll(Map.of("from", from.name(), "to", to.name(), "reason", reason));
            trace.append(handle, id.value(), "order.status", to + ": " + reason, detail);
        });
    }

    /** What those are told with it who hear of this status. */
    private static Map<String, String> told(Handle handle, OrderId id, OrderStatus to) {
        return to == OrderStatus.APPROVED || to.ended()
                ? VersionRows.newest(handle, id).map(ToldOrder::of).orElse(Map.of())
                : Map.of();
    }

    /** As part of a transaction of somebody else, until whose end the order does not move on. */
    public OrderStatus lockedStatus(Handle handle, OrderId id) {
        return OrderStatus.valueOf(
                handle.createQuery("select status from customer_order where id = :id for no key update")
                        .bind("id", id.value())
                        .mapTo(String.class)
                        .findOne()
                        .orElseThrow(() -> unknown(id)));
    }

    @Override
    public void posting(OrderId id, PostingStatus status) {
        // What is asked most often is what it is already, so the row is not locked for that.
        if (differs(transactions.with(handle -> axis(handle, id, POSTING)), status)) {
            transactions.run(handle -> {
                String before = axis(handle, id, POSTING, "for no key update");
                if (differs(before, status)) {
                    setAxis(handle, id, POSTING, before, status);
                }
            });
        }
    }

    private static boolean differs(String before, PostingStatus status) {
        return !before.equals(status.name()) && status.mayFollow(PostingStatus.valueOf(before));
    }

    @Override
    public void unplaced(OrderId id, RoutingDecision decision) {
        transactions.run(handle -> {
            if (RoutingRows.put(handle, id, decision, clock.instant())) {
                trace.append(
                        handle,
                        id.value(),
                        "order.unplaced",
                        decision.summary(),
                        RoutingRows.detail(decision.considered()));
            }
        });
    }

    @Override
    public void requestCancel(OrderId id, String actor, String reason) {
        transactions.run(handle -> requestCancel(handle, id, actor, reason));
    }

    /** As part of a transaction of somebody else, who learns which order it is. */
    public OrderKey requestCancel(Handle handle, OrderId id, String actor, String reason) {
        boolean first = handle.createUpdate("""
            update customer_order
            set cancel_requested_at = :now, cancel_actor = :actor, changed_at = :now
            where id = :id and cancel_requested_at is null
            """)
                        .bind("now", Columns.at(clock.instant()))
                        .bind("actor", actor)
                        .bind("id", id.value())
                        .execute()
                == 1;
        if (first) {
            PersonRows.say(handle, id.value(), id.value(), reason);
            trace.append(
                    handle, id.value(), "order.cancel-requested", actor + " asks to cancel it", Map.of("actor", actor));
        }
        return view(handle, id).key();
    }

    @Override
    public void declineCancel(OrderId id, String why) {
        transactions.run(handle -> {
            lockedStatus(handle, id);
            if (newest(handle, id).flatMap(Order::cancelledAt).isPresent()) {
                return;
            }
            boolean asked = handle.createUpdate("""
                    update customer_order
                    set cancel_requested_at = null, cancel_actor = null, cancel_declined_at = :now, changed_at = :now
                    where id = :id and cancel_requested_at is not null and status not in ('COMPLETED', 'CANCELLED')
                    """)
                            .bind("now", Columns.at(clock.instant()))
                            .bind("id", id.value())
                            .execute()
                    == 1;
            if (asked) {
                trace.append(
                        handle, id.value(), "order.cancel-declined", "it is not cancelled: " + why, Map.of("why", why));
            }
        });
    }

    @Override
    public List<OrderView> recent(int limit) {
        if (limit < 1 || limit > 500) {
            throw new IllegalArgumentException("limit must be 1 to 500");
        }
        return transactions.with(handle -> OrderRows.recent(handle, limit));
    }

    private void setAxis(Handle handle, OrderId id, String axis, String before, Enum<?> status) {
        if (before.equals(status.name())) {
            return;
        }
        boolean changed = handle.createUpdate("update customer_order set " + axis
                                + " = :status, changed_at = :now where id = :id and " + axis + " <> :status")
                        .bind("status", status)
                        .bind("now", Columns.at(clock.instant()))
                        .bind("id", id.value())
                        .execute()
                == 1;
        if (changed) {
            trace.append(
                    handle,
                    id.value(),
                    "order." + axis,
                    axis + " is " + status,
                    Map.of("from", before, "to", status.name()));
        }
    }

    private static String axis(Handle handle, OrderId id, String axis) {
        return axis(handle, id, axis, "");
    }

    private static String axis(Handle handle, OrderId id, String axis, String lock) {
        return handle.createQuery("select " + axis + " from customer_order where id = :id " + lock)
                .bind("id", id.value())
                .mapTo(String.class)
                .findOne()
                .orElseThrow(() -> unknown(id));
    }

    /** {@code paid}: it was told that the order is; {@code amended}, {@code named}: people may have decided that something of it is another. */
    private record Known(
            Optional<Reading> reading, int versions, String payment, boolean paid, boolean amended, boolean named) {}

    private static Optional<Known> lock(Handle handle, OrderKey key) {
        return handle.createQuery("""
            select version, version_number, read_at, payment, paid_at is not null as paid, amended,
                amended or exists (select from product_name n
                    where n.account = customer_order.account and n.order_id = '') as named
            from customer_order
            where account = :account and external_id = :externalId for no key update
            """)
                .bind("account", key.account().value())
                .bind("externalId", key.externalId())
                .map((row, context) -> new Known(
                        reading(row),
                        row.getInt("version_number"),
                        row.getString("payment"),
                        row.getBoolean("paid"),
                        row.getBoolean("amended"),
                        row.getBoolean("named")))
                .findOne();
    }

    /** What was read before readings were dated began before all others. */
    private static Optional<Reading> reading(ResultSet row) throws SQLException {
        Instant beganAt = Columns.optionalInstant(row, "read_at").orElse(Instant.EPOCH);
        return Columns.optionalInstant(row, "version").map(version -> new Reading(version, beganAt));
    }

    private void insert(Handle handle, OrderKey key, Channel channel) {
        boolean first = handle.createUpdate("""
            insert into customer_order (id, account, external_id, channel, name, status, payment, posting,
                received_at, changed_at)
            values (:id, :account, :externalId, :channel, :externalId, 'RECEIVED', 'PENDING', 'PENDING',
                :now, :now)
            on conflict do nothing
            """)
                        .bind("id", OrderId.of(key).value())
                        .bind("account", key.account().value())
                        .bind("externalId", key.externalId())
                        .bind("channel", channel)
                        .bind("now", Columns.at(clock.instant()))
                        .execute()
                == 1;
        if (first) {
            traceReceived(handle, key);
        }
    }

    private void store(Handle handle, Order order, int number, Instant readAt) {
        handle.createUpdate("""
            with stored as (
                insert into order_version (order_id, number, version, body, stored_at)
                values (:id, :number, :version, cast(:body as jsonb), :now))
            update customer_order
            set name = :name, channel = :channel, version = :version, version_number = :number, changed_at = :now,
                read_at = :readAt, hinted_at = case when hinted_at > :readAt then hinted_at end
            where id = :id
            """)
                .bind("id", order.id().value())
                .bind("number", number)
                .bind("version", Columns.at(order.version()))
                .bind("body", CanonicalJson.write(order))
                .bind("now", Columns.at(clock.instant()))
                .bind("name", order.name())
                .bind("channel", order.channel())
                .bind("readAt", Columns.at(readAt))
                .execute();
    }

    private void traceReceived(Handle handle, OrderKey key) {
        OrderId id = OrderId.of(key);
        trace.append(
                handle,
                id.value(),
                "received",
                "order.received",
                "heard of " + key,
                Map.of("account", key.account().value(), "externalId", key.externalId()),
                List.of(id.value(), key.externalId(), key.toString(), key.workflowId()));
    }

    private void traceVersion(Handle handle, Order order, int number) {
        List<String> links = new ArrayList<>();
        links.add(order.name());
        order.deliveries().stream()
                .map(Delivery::channelWork)
                .flatMap(Optional::stream)
                .forEach(links::add);
        order.tenders().stream().map(Tender::id).forEach(links::add);
        trace.append(
                handle,
                order.id().value(),
                "version/" + number,
                "order.version",
                "version " + number + " of " + order.name() + ", "
                        + order.total().shop() + (order.cancelledAt().isPresent() ? ", cancelled at its channel" : ""),
                Map.of(
                        "number", Integer.toString(number),
                        "version", order.version().toString(),
                        "total", order.total().shop().toString(),
                        "lines", Integer.toString(order.lines().size())),
                links);
    }

    private void traceNamed(Handle handle, Order told, Order named, int number) {
        String products = IntStream.range(0, told.lines().size())
                .filter(i ->
                        !told.lines().get(i).sku().equals(named.lines().get(i).sku()))
                .mapToObj(i ->
                        told.lines().get(i).sku() + "=" + named.lines().get(i).sku())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        trace.append(
                handle,
                named.id().value(),
                "named/" + number,
                "order.named",
                "products of ours stand for its names: " + products,
                Map.of("number", Integer.toString(number), "products", products),
                List.of());
    }

    private static IllegalArgumentException unknown(OrderId id) {
        return new IllegalArgumentException("order " + id + " is not stored");
    }
}
