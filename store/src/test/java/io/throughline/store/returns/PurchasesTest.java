package io.throughline.store.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.ParcelStatus;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.fulfillment.TrackingNews;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.order.Orders;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.Purchase;
import io.throughline.domain.returns.Purchases;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PurchasesTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final Duration WEEK = Duration.ofDays(7);

    private final Purchases purchases = POSTGRES.database().purchases();
    private final Orders orders = POSTGRES.database().orders();
    private final FulfillmentOrders work = POSTGRES.database().fulfillmentOrders();

    @Test
    void ofWhatNobodyHasToldNothingWasBought() {
        assertThat(purchases.find(OrderId.of(SampleOrder.freshKey()))).isEmpty();
    }

    @Test
    void tellsWhatLeftAndWhen() {
        Order order = paid(SampleOrder.freshKey()).build();
        POSTGRES.stored(order);
        FulfillmentOrderId tees = allocate(order);

        assertThat(purchases.find(order.id()).orElseThrow().lines())
                .extracting(line -> line.sold().id(), Purchase.Line::handedOver)
                .containsExactly(tuple("L1", 0), tuple("L2", 0));

        Instant shippedAt = now();
        ship(tees);

        Purchase purchase = purchases.find(order.id()).orElseThrow();
        assertThat(purchase.lines())
                .extracting(line -> line.sold().id(), Purchase.Line::handedOver, Purchase.Line::handedOverAt)
                .containsExactly(tuple("L1", 2, Optional.of(shippedAt)), tuple("L2", 0, Optional.empty()));
        assertThat(purchase.payments())
                .singleElement()
                .satisfies(payment -> assertThat(payment.left()).hasToString("90.00 USD"));
    }

    /** A window begins when goods leave, however long their carrier has them. */
    @Test
    void whatIsDeliveredLeftWhenItWasShipped() {
        Order order = paid(SampleOrder.freshKey()).build();
        POSTGRES.stored(order);
        FulfillmentOrderId tees = allocate(order);
        Tracking parcel = new Tracking("UPS", order.id().value());
        Instant shippedAt = now();
        work.observed(
                tees,
                new WorkProgress(Optional.of(FulfillmentStatus.SHIPPED), Optional.of(parcel), Optional.empty()),
                shippedAt,
                Optional.empty());
        POSTGRES.clock().advance(WEEK);

        POSTGRES.database()
                .parcels()
                .hear(parcel.carrier(), parcel.number(), new TrackingNews(ParcelStatus.DELIVERED, now()));

        assertThat(work.get(tees).status()).isEqualTo(FulfillmentStatus.DELIVERED);
        assertThat(purchases.find(order.id()).orElseThrow().line("L1").orElseThrow())
                .satisfies(line -> {
                    assertThat(line.handedOver()).isEqualTo(2);
                    assertThat(line.handedOverAt()).contains(shippedAt);
                });
    }

    @Test
    void whatWasGivenBackAtTheChannelHasComeBack() {
        OrderKey key = SampleOrder.freshKey();
        Order order = paid(key).build();
        POSTGRES.stored(order);
        ship(allocate(order));
        Order afterwards = new OrderBuilder(key, "USD")
                .line(SampleOrder.TEE, 1, "25.00")
                .line(SampleOrder.CAP, 1, "40.00")
                .tender("T1", Tender.Kind.SALE, Tender.Status.SUCCESS, "bogus", "90.00", Optional.empty())
                .tender("R1", Tender.Kind.REFUND, Tender.Status.SUCCESS, "bogus", "25.00", Optional.of("T1"))
                .version(order.version().plusSeconds(60))
                .build();

        orders.accept(afterwards, PersonalData.none(), now());

        Purchase purchase = purchases.find(order.id()).orElseThrow();
        assertThat(purchase.line("L1").orElseThrow()).satisfies(line -> {
            assertThat(line.sold().total()).hasToString("50.00 USD");
            assertThat(line.returned()).isEqualTo(1);
        });
        assertThat(purchase.payments())
                .singleElement()
                .satisfies(payment -> assertThat(payment.left()).hasToString("65.00 USD"));
    }

    @Test
    void aPersonIsKnownByTheirAddressWhateverItsCapitals() {
        Order asked = paid(SampleOrder.freshKey()).build();
        orders.accept(asked, SampleOrder.ada(), now());
        refunded(SampleOrder.ada(), "RETURNED");
        refunded(withEmail(Optional.of("ADA.Canary@Example.com")), "RETURNED");
        refunded(withEmail(Optional.of("somebody@example.com")), "RETURNED");
        refunded(withEmail(Optional.empty()), "RETURNED");
        refunded(SampleOrder.ada(), "CANCELLED");
        orders.accept(paid(SampleOrder.freshKey()).build(), SampleOrder.ada(), now());
        Instant refundedAt = asked.placedAt();

        assertThat(purchases.othersRefunded(asked.id(), refundedAt.minus(WEEK))).isEqualTo(2);
        assertThat(purchases.othersRefunded(asked.id(), refundedAt.plus(WEEK))).isZero();
        Order nobodys = paid(SampleOrder.freshKey()).build();
        orders.accept(nobodys, PersonalData.none(), now());
        assertThat(purchases.othersRefunded(nobodys.id(), refundedAt.minus(WEEK)))
                .isZero();
    }

    /** A parcel that was lost is nobody's habit of returning. */
    @Test
    void whatNobodyChoseToReturnDoesNotCount() {
        PersonalData patient = withEmail(Optional.of("patient@example.com"));
        Order asked = paid(SampleOrder.freshKey()).build();
        orders.accept(asked, patient, now());
        Order chosen = refunded(patient, "RETURNED");
        Order lost = refunded(patient, "RETURNED");
        returned(chosen, "BY_CHOICE");
        returned(lost, "PARCEL_LOST");

        assertThat(purchases.othersRefunded(asked.id(), asked.placedAt().minus(WEEK)))
                .isEqualTo(1);
    }

    /** Its refund is the order's only one. */
    private static void returned(Order order, String kind) {
        String id = order.id() + "-R1";
        POSTGRES.tables().useHandle(handle -> {
            handle.execute("""
                insert into goods_return (id, order_id, ordinal, order_version, cause, way, policy, refund_first, asked_by,
                    authorised_at, due_at)
                values (?, ?, 1, 1, jsonb_build_object('kind', ?), 'NEVER', 'returns-1', true, 'ada', now(), now())
                """, id, order.id().value(), kind);
            handle.execute("""
                insert into return_refund (return_id, body, needs_second_person, calculated_at) values (?, '{}', false, now())
                """, id);
            handle.execute("""
                insert into return_refund_tender (return_id, order_id, payment, amount, presentment_amount, elsewhere,
                    transaction)
                values (?, ?, 'T1', 9000, 9000, false, 'R1')
                """, id, order.id().value());
        });
    }

    private Order refunded(PersonalData person, String how) {
        Order order = paid(SampleOrder.freshKey())
                .tender("R1", Tender.Kind.REFUND, Tender.Status.SUCCESS, "bogus", "90.00", Optional.of("T1"))
                .build();
        orders.accept(order, person, now());
        if (how.equals("CANCELLED")) {
            orders.advance(order.id(), OrderStatus.CANCELLED, "test");
        }
        return order;
    }

    private static PersonalData withEmail(Optional<String> email) {
        return new PersonalData(Optional.empty(), email, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static OrderBuilder paid(OrderKey key) {
        return SampleOrder.of(key)
                .tender("T1", Tender.Kind.SALE, Tender.Status.SUCCESS, "bogus", "90.00", Optional.empty());
    }

    private static FulfillmentOrderId allocate(Order order) {
        return TestingHandover.allocate(POSTGRES, order);
    }

    private static void ship(FulfillmentOrderId id) {
        TestingHandover.ship(POSTGRES, id);
    }

    private static Instant now() {
        return POSTGRES.clock().instant();
    }
}
