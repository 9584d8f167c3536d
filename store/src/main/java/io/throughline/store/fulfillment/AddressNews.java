package io.throughline.store.fulfillment;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.customer.PersonalData.PostalAddress;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.order.Destination;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.store.internal.Columns;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * That an order's work goes to another address than when it was given out, as part of the transaction that stores the address. Kept are which
 * work that is and whether the place is another, and nothing of the address.
 */
public final class AddressNews {
    private AddressNews() {}

    /** How many pieces of work it concerns. {@code former} is what was known of the person before; who was erased has no address that could change. */
    public static int heed(
            Handle handle,
            Optional<Destination> before,
            PersonalData former,
            Order order,
            PersonalData now,
            Instant at) {
        Optional<PostalAddress> was = former.shipTo();
        Optional<PostalAddress> is = now.shipTo();
        if (was.isEmpty() || is.isEmpty() || was.equals(is)) {
            return 0;
        }
        boolean elsewhere = !before.equals(order.destination())
                || !was.flatMap(PostalAddress::postalCode).equals(is.flatMap(PostalAddress::postalCode));
        return note(handle, order.id(), "", elsewhere, at);
    }

    /**
     * The same where a person has amended the address at a step of some work, whose name is the last word of {@code step}: that work waits for the address
     * and has not gone out with the one before. What else it concerns is followed with a reading of the order, which is asked for.
     */
    public static int heedBeside(
            Handle handle, OrderId order, String step, PersonalData former, PersonalData now, Instant at) {
        if (former.shipTo().isEmpty() || former.shipTo().equals(now.shipTo())) {
            return 0;
        }
        boolean elsewhere = !former.shipTo()
                .flatMap(PostalAddress::postalCode)
                .equals(now.shipTo().flatMap(PostalAddress::postalCode));
        FulfillmentOrderId work = new FulfillmentOrderId(step.substring(step.lastIndexOf(' ') + 1));
        int readdressed = note(handle, order, work.value(), elsewhere, at);
        if (readdressed > 0) {
            WorkNews.readAnew(handle, key(handle, order), work, "amended/" + at, at);
        }
        return readdressed;
    }

    private static OrderKey key(Handle handle, OrderId order) {
        return handle.createQuery("select account, external_id from customer_order where id = :id")
                .bind("id", order.value())
                .map((row, context) ->
                        new OrderKey(AccountId.of(row.getString("account")), row.getString("external_id")))
                .one();
    }

    private static int note(Handle handle, OrderId order, String butFor, boolean elsewhere, Instant at) {
        return handle.createUpdate("""
                        insert into work_readdressed (work_id, order_id, number, elsewhere, heard_at)
                        select id, order_id, 1, :elsewhere, :now from fulfillment_order
                        where order_id = :order and method = 'SHIPPING' and id <> :butFor
                            and status not in ('REJECTED', 'CANCELLED', 'DELIVERED')
                        order by id
                        on conflict (work_id) do update
                            set number = work_readdressed.number + 1, heard_at = excluded.heard_at, settled_at = null,
                                elsewhere = excluded.elsewhere
                                    or (work_readdressed.elsewhere and work_readdressed.settled_at is null)
                        """)
                .bind("elsewhere", elsewhere)
                .bind("now", Columns.at(at))
                .bind("order", order.value())
                .bind("butFor", butFor)
                .execute();
    }
}
