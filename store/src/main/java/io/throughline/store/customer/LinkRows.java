package io.throughline.store.customer;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.CustomerId;
import io.throughline.domain.customer.CustomerKey;
import io.throughline.store.internal.Columns;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of {@code customer_link}. */
final class LinkRows {
    private LinkRows() {}

    /** Who the channel's customer is: whoever was kept where some were merged. */
    static CustomerId customer(Handle handle, CustomerKey key) {
        return handle.createQuery(
                        "select customer from customer_link where account = :account and external_id = :externalId")
                .bind("account", key.account().value())
                .bind("externalId", key.externalId())
                .mapTo(String.class)
                .findOne()
                .map(CustomerId::new)
                .orElseGet(() -> CustomerId.of(key));
    }

    /** Somebody who was merged is found by the name that they had. */
    static CustomerId today(Handle handle, CustomerId name) {
        return handle.createQuery("select customer from customer_link where name = :name")
                .bind("name", name.value())
                .mapTo(String.class)
                .findOne()
                .map(CustomerId::new)
                .orElse(name);
    }

    /** False: a newer version is known, or the customer has been merged into another meanwhile. Channels tell their times in whole seconds, so an equal one may say something else. */
    static boolean put(Handle handle, CustomerKey key, CustomerId customer, Instant version, Instant now) {
        return handle.createUpdate("""
            insert into customer_link as known (account, external_id, name, customer, version, at)
            values (:account, :externalId, :name, :customer, :version, :now)
            on conflict (account, external_id) do update
                set version = excluded.version, at = excluded.at
                where (known.version is null or known.version <= excluded.version)
                    and known.customer = excluded.customer
            """)
                        .bind("account", key.account().value())
                        .bind("externalId", key.externalId())
                        .bind("name", CustomerId.of(key).value())
                        .bind("customer", customer.value())
                        .bind("version", Columns.at(version))
                        .bind("now", Columns.at(now))
                        .execute()
                == 1;
    }

    /** The key is this customer from now on, whatever is known of them. */
    static void link(Handle handle, CustomerKey key, CustomerId customer, Instant now) {
        handle.createUpdate("""
            insert into customer_link (account, external_id, name, customer, at)
            values (:account, :externalId, :name, :customer, :now)
            on conflict (account, external_id) do update set customer = excluded.customer
            """)
                .bind("account", key.account().value())
                .bind("externalId", key.externalId())
                .bind("name", CustomerId.of(key).value())
                .bind("customer", customer.value())
                .bind("now", Columns.at(now))
                .execute();
    }

    /** Whoever was merged into the one who is merged now goes along. */
    static void move(Handle handle, CustomerId from, CustomerId to) {
        handle.createUpdate("update customer_link set customer = :to where customer = :from")
                .bind("from", from.value())
                .bind("to", to.value())
                .execute();
    }

    static List<Link> of(Handle handle, CustomerId customer) {
        return handle.createQuery("""
            select account, external_id, version from customer_link where customer = :customer
            order by account, external_id
            """)
                .bind("customer", customer.value())
                .map((row, context) -> new Link(
                        new CustomerKey(AccountId.of(row.getString("account")), row.getString("external_id")),
                        Columns.optionalInstant(row, "version")))
                .list();
    }

    record Link(CustomerKey key, Optional<Instant> version) {}
}
