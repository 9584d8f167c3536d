package io.throughline.store.customer;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.CustomerId;
import io.throughline.domain.customer.CustomerKey;
import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.customer.Privacy;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.hash.Sha256;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.store.internal.CaseRows;
import io.throughline.store.internal.CaseWriter;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * Exports and erases in PostgreSQL. An export is a row of the erasable table like any other, erased together with its customer; what stays
 * is its hash in the trace.
 */
public final class PostgresPrivacy implements Privacy {
    private static final String STEP = "privacy.request";

    private final Transactions transactions;
    private final TraceWriter trace;
    private final CaseWriter cases;
    private final Clock clock;

    public PostgresPrivacy(Transactions transactions, TraceWriter trace, CaseWriter cases, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.cases = cases;
        this.clock = clock;
    }

    @Override
    public void export(String request, CustomerKey customer, List<OrderKey> orders) {
        transactions.run(handle -> {
            CustomerRef ref = exportRef(customer.account(), request);
            if (PersonRows.isKnown(handle, ref)) {
                return;
            }
            CustomerId id = LinkRows.customer(handle, customer);
            Set<String> lines = new TreeSet<>(Set.of(id.value()));
            orders.forEach(order -> lines.add(OrderId.of(order).value()));
            String document = PersonRows.gather(handle, lines);
            PersonRows.put(handle, id.value(), ref, document);
            cases.open(
                    handle,
                    customer.account(),
                    caseSubject(customer.account(), request),
                    STEP,
                    FailureCode.PRIVACY_REQUEST,
                    "request " + request + " of " + customer.account() + ": what is kept of " + id
                            + " is put together and waits for somebody to pass it on");
            trace.append(
                    handle,
                    subject(customer.account()),
                    request,
                    "privacy.exported",
                    "what is kept of " + id + " was put together",
                    Map.of(
                            "request", request,
                            "customer", id.value(),
                            "orders", Integer.toString(orders.size()),
                            "sha256", Sha256.hex(document)),
                    List.of());
        });
    }

    @Override
    public Optional<String> exported(AccountId account, String request) {
        return transactions.with(handle -> PersonRows.content(handle, exportRef(account, request)));
    }

    @Override
    public void erase(CustomerKey customer, List<OrderKey> orders) {
        transactions.run(handle -> {
            Instant now = clock.instant();
            CustomerId id = LinkRows.customer(handle, customer);
            int rows = eraseAll(handle, id.value(), id.ref(), now);
            for (OrderKey order : orders) {
                OrderId known = OrderId.of(order);
                rows += eraseAll(handle, known.value(), CustomerRef.of(known), now);
            }
            trace.append(
                    handle,
                    subject(customer.account()),
                    "privacy.erased",
                    id + " is forgotten",
                    Map.of(
                            "customer", id.value(),
                            "orders", Integer.toString(orders.size()),
                            "rows", Integer.toString(rows)));
        });
    }

    private static int eraseAll(Handle handle, String line, CustomerRef ref, Instant now) {
        return PersonRows.eraseLine(handle, line, now) + PersonRows.erase(handle, ref, now);
    }

    @Override
    public void eraseAll(AccountId account) {
        transactions.run(handle -> {
            int rows = PersonRows.eraseAccount(handle, account, clock.instant());
            trace.append(
                    handle,
                    subject(account),
                    "privacy.erased",
                    "everybody of " + account + " is forgotten",
                    Map.of("rows", Integer.toString(rows)));
        });
    }

    @Override
    public void seen(AccountId account, String request, String actor) {
        transactions.run(handle -> {
            CaseRows.current(handle, caseSubject(account, request), STEP)
                    .ifPresent(open -> cases.close(handle, open.id(), actor + " has taken what was asked for"));
            trace.append(
                    handle,
                    subject(account),
                    "privacy.seen",
                    actor + " has looked at export " + request,
                    Map.of("actor", actor, "request", request));
        });
    }

    private static CustomerRef exportRef(AccountId account, String request) {
        return new CustomerRef(PersonRows.EXPORT + account + "/" + request);
    }

    private static String caseSubject(AccountId account, String request) {
        return subject(account) + "/" + request;
    }

    private static String subject(AccountId account) {
        return "privacy/" + account;
    }
}
