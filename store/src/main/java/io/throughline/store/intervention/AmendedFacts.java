package io.throughline.store.intervention;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Amendable;
import io.throughline.domain.intervention.AmendedPerson;
import io.throughline.domain.intervention.Amendment;
import io.throughline.domain.intervention.AmendmentId;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.IllegalDecision;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.store.customer.AmendmentRows;
import io.throughline.store.customer.PersonRows;
import io.throughline.store.fulfillment.AddressNews;
import io.throughline.store.internal.TraceLine;
import io.throughline.store.order.PostgresOrders;
import io.throughline.store.order.ProductNames;
import io.throughline.store.order.VersionRows;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What is amended becomes a fact in the transaction of the decision: whoever takes the step again reads it like any other. */
final class AmendedFacts {
    private AmendedFacts() {}

    /** {@code complete} is the decision with what was amended before it. How many pieces of work go to another address with it. */
    static int become(Handle handle, Case about, Decision decision, Decision complete, Instant now) {
        if (namesProducts(decision)) {
            nameProducts(handle, about, complete, now);
        }
        return decision.amendments().stream()
                .mapToInt(id -> amendPerson(handle, about, id, now))
                .sum();
    }

    private static boolean namesProducts(Decision decision) {
        return decision.amendment().containsKey(Amendable.PRODUCT_NAMES.key())
                || decision.amendment().containsKey(Amendable.PRODUCT_NAMES_FOR.key());
    }

    private static void nameProducts(Handle handle, Case about, Decision complete, Instant now) {
        Map<String, String> names = complete.productNames();
        if (names.isEmpty()) {
            throw new IllegalDecision(about.id() + " can't be decided so: it says for whom names hold, and names no"
                    + " product; say which by " + Amendable.PRODUCT_NAMES.key());
        }
        OrderId order = order(about).orElseThrow(() -> new IllegalDecision(about.id() + " is about no order"));
        PostgresOrders.amended(handle, order);
        AccountId account = PostgresOrders.account(handle, order);
        ProductNames.decide(handle, account, order, names, complete.namesForAccount(), complete.actor(), now);
    }

    /** Everything about an order, its work and its returns included, is about its person. */
    static Optional<OrderId> order(Case about) {
        return OrderId.about(TraceLine.of(about.subject()));
    }

    private static int amendPerson(Handle handle, Case about, AmendmentId id, Instant now) {
        Amendment amendment = AmendmentRows.find(handle, id)
                .filter(known -> known.about().equals(about.id()))
                .orElseThrow(() -> new IllegalDecision(id + " is no amendment of " + about.id()));
        OrderId order = order(about).orElseThrow(() -> new IllegalDecision(about.id() + " is about no order"));
        PostgresOrders.amended(handle, order);
        CustomerRef ref = customer(handle, order);
        PersonalData before = PersonRows.find(handle, ref)
                .filter(_ -> !amendment.fields().isEmpty())
                .orElseThrow(() -> new IllegalDecision("the customer was forgotten, and " + id + " with them"));
        PersonalData after = AmendedPerson.with(before, amendment.fields());
        if (after.equals(before)) {
            AmendmentRows.applied(handle, id, now);
            return 0;
        }
        refuseOutdated(amendment, AmendedPerson.fields(before));
        PersonRows.put(handle, order, ref, after);
        AmendmentRows.applied(handle, id, now);
        // What comes back is sent from another address, and says nothing of what went out.
        return about.code() == FailureCode.CARRIER_REFUSED
                ? AddressNews.heedBeside(handle, order, about.step(), before, after, now)
                : 0;
    }

    private static void refuseOutdated(Amendment amendment, Map<String, String> now) {
        amendment.fields().keySet().stream()
                .filter(field -> !Objects.equals(now.get(field), amendment.was().get(field)))
                .sorted()
                .findFirst()
                .ifPresent(field -> {
                    throw new IllegalDecision(field + " has become another since " + amendment.id()
                            + " was made: look at it and amend it anew");
                });
    }

    static CustomerRef customer(Handle handle, OrderId order) {
        return VersionRows.newest(handle, order).map(Order::customer).orElseGet(() -> CustomerRef.of(order));
    }
}
