package io.throughline.domain.order;

import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.fulfillment.ChannelItem;
import io.throughline.domain.payment.Dispute;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A channel as the source of its orders. Reading changes nothing there. Failures are {@code SystemFailure}. */
public interface OrderSource {
    /** The order as it stands; empty when the channel has none of that name. */
    Optional<ChannelOrder> read(OrderKey key);

    /** Orders changed at or after an instant, oldest change first. */
    Page changedSince(io.throughline.domain.account.AccountId account, Instant since, Optional<String> cursor);

    /**
     * A canonical order with what is stored apart of it: the person it is for, the disputes about its payments, why the channel holds some of
     * its work items back, by their names, and where those lie that are not done.
     */
    record ChannelOrder(
            Order order,
            PersonalData person,
            List<Dispute> disputes,
            Map<String, String> heldWork,
            List<ChannelItem> items) {
        public ChannelOrder {
            disputes = List.copyOf(disputes);
            heldWork = Map.copyOf(heldWork);
            items = List.copyOf(items);
        }

        /** Of a channel that does not tell where its work items lie. */
        public ChannelOrder(Order order, PersonalData person, List<Dispute> disputes, Map<String, String> heldWork) {
            this(order, person, disputes, heldWork, List.of());
        }

        /** Of a channel that tells of neither disputes nor holds. */
        public ChannelOrder(Order order, PersonalData person) {
            this(order, person, List.of(), Map.of());
        }
    }

    /** One page of changes; {@code next} is the cursor of the following page, if there is one. */
    record Page(List<Changed> changed, Optional<String> next) {
        public Page {
            changed = List.copyOf(changed);
        }
    }

    /** An order's key and its channel's time of last change. */
    record Changed(OrderKey key, Instant version) {}
}
