package io.throughline.store.customer;

import io.throughline.domain.catalog.SystemOfRecord;
import io.throughline.domain.customer.Customer;
import io.throughline.domain.customer.CustomerId;
import io.throughline.domain.customer.CustomerKey;
import io.throughline.domain.customer.CustomerSource.ChannelCustomer;
import io.throughline.domain.customer.Customers;
import io.throughline.store.customer.LinkRows.Link;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Who our customers are, in PostgreSQL. Their traces name keys and versions, and nobody. */
public final class PostgresCustomers implements Customers {
    private final Transactions transactions;
    private final TraceWriter trace;
    private final SystemOfRecord owners;
    private final Clock clock;

    public PostgresCustomers(Transactions transactions, TraceWriter trace, SystemOfRecord owners, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.owners = owners;
        this.clock = clock;
    }

    @Override
    public void take(CustomerKey key, ChannelCustomer customer) {
        transactions.run(handle -> {
            CustomerId id = LinkRows.customer(handle, key);
            if (!owns(key)) {
                refuse(
                        handle,
                        id,
                        key,
                        Map.of(
                                "key",
                                key.toString(),
                                "version",
                                customer.version().toString()));
                return;
            }
            // What is told of somebody who was merged into another is older than the merge.
            if (!id.equals(CustomerId.of(key)) || !LinkRows.put(handle, key, id, customer.version(), clock.instant())) {
                return;
            }
            PersonRows.put(handle, id.value(), id.ref(), CanonicalJson.write(customer.person()));
            trace.append(
                    handle,
                    id.subject(),
                    "customer.updated",
                    "as " + key.account() + " has it",
                    Map.of(
                            "key", key.toString(),
                            "account", key.account().value(),
                            "externalId", key.externalId(),
                            "version", customer.version().toString()),
                    List.of(key.toString(), key.externalId(), id.value()));
        });
    }

    @Override
    public void merge(CustomerKey gone, CustomerKey kept) {
        transactions.run(handle -> {
            Instant now = clock.instant();
            CustomerId lost = LinkRows.customer(handle, gone);
            CustomerId stays = LinkRows.customer(handle, kept);
            if (lost.equals(stays)) {
                return;
            }
            Map<String, String> both = Map.of("gone", gone.toString(), "kept", kept.toString());
            if (!owns(gone) || !owns(kept)) {
                refuse(handle, stays, owns(gone) ? kept : gone, both);
                return;
            }
            LinkRows.link(handle, kept, stays, now);
            LinkRows.link(handle, gone, stays, now);
            LinkRows.move(handle, lost, stays);
            PersonRows.erase(handle, lost.ref(), now);
            PersonRows.eraseLine(handle, lost.value(), now);
            trace.append(handle, lost.subject(), "customer.merged", "into " + stays, mergedAway(gone, kept, stays));
            trace.append(handle, stays.subject(), "customer.merged", lost + " is this customer now", both);
        });
    }

    private static Map<String, String> mergedAway(CustomerKey gone, CustomerKey kept, CustomerId into) {
        return Map.of(
                "to", "MERGED",
                "gone", gone.toString(),
                "kept", kept.toString(),
                "into", into.value(),
                "account", gone.account().value(),
                "externalId", gone.externalId(),
                "intoExternalId", kept.externalId());
    }

    private boolean owns(CustomerKey key) {
        return owners.ownerOfCustomers(key.account())
                .filter(key.account()::equals)
                .isPresent();
    }

    private void refuse(Handle handle, CustomerId id, CustomerKey key, Map<String, String> what) {
        Map<String, String> detail = new HashMap<>(what);
        detail.put("account", key.account().value());
        trace.append(handle, id.subject(), "customer.refused", key.account() + " does not own its customers", detail);
    }

    @Override
    public Optional<Customer> find(CustomerId id) {
        return transactions.with(handle -> {
            CustomerId today = LinkRows.today(handle, id);
            List<Link> links = LinkRows.of(handle, today);
            return links.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Customer(
                            today,
                            links.stream().map(Link::key).toList(),
                            links.stream()
                                    .flatMap(link -> link.version().stream())
                                    .max(Comparator.naturalOrder())));
        });
    }

    @Override
    public void seen(CustomerId id, String actor) {
        transactions.run(handle -> trace.append(
                handle,
                id.subject(),
                "customer.seen",
                actor + " has looked at the personal data",
                Map.of("actor", actor)));
    }
}
