package io.throughline.activities.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.failure.ActivityFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.throughline.activities.TestingRetail;
import io.throughline.domain.SettableClock;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.SampleOrders;
import io.throughline.workflows.fulfillment.FulfillmentSteps;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FulfillmentStepsTest {
    private static final String POLICY = "standard-1";

    private final TestingRetail retail = TestingRetail.quiet(new SettableClock(Instant.parse("2026-11-23T08:00:00Z")));
    private final TestActivityEnvironment environment = TestActivityEnvironment.newInstance();
    private final Order order = SampleOrders.twoLinesWithTaxAndDiscount();
    private final FulfillmentOrderId work = FulfillmentOrderId.of(order.id(), 1);
    private FulfillmentSteps steps;

    @BeforeEach
    void release() {
        environment.registerActivitiesImplementations(retail.activities());
        steps = environment.newActivityStub(FulfillmentSteps.class);
        retail.inventory
                .stock(SampleFacilities.WH_EAST, SampleOrders.TEE, 9)
                .stock(SampleFacilities.WH_EAST, SampleOrders.CAP, 9);
        retail.hears(order);
        retail.channel.accept(order.id());
        retail.own.screen(order.id(), POLICY);
        retail.own.allocate(order.id());
        retail.fulfillment.assign(work);
        retail.fulfillment.release(work, POLICY);
    }

    @AfterEach
    void close() {
        environment.close();
    }

    /** A run that is reset while it asks for the work may see it come back before it asks again. */
    @Test
    void aRecallWhoseReplyWasLostIsKnownOnceTheWorkIsSeenToHaveComeBack() {
        retail.orders.requestCancel(order.id(), "ada", "by telephone");
        retail.vendor.losesReply("recall");
        assertThatThrownBy(() -> steps.recall(work)).isInstanceOf(ActivityFailure.class);
        retail.facilitySystem.report(work, FulfillmentStatus.CANCELLED);
        retail.work.hintAll(order.id());

        assertThat(steps.observe(work, POLICY).status()).isEqualTo(FulfillmentStatus.CANCELLED);

        assertThat(recall()).map(EffectLedger.Effect::state).contains(EffectLedger.State.SUCCEEDED);
        assertThat(retail.vendor.effects()).containsOnlyOnce("recall " + work);
    }

    private Optional<EffectLedger.Effect> recall() {
        return retail.ledger.ofSubject(work.value()).stream()
                .filter(effect -> effect.key().operation().equals("recall"))
                .findFirst();
    }
}
