package io.throughline.activities.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.failure.ActivityFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.throughline.activities.TestingRetail;
import io.throughline.domain.SettableClock;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.order.Tender;
import io.throughline.domain.policy.SamplePolicies;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.payment.PaymentSteps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An authorisation that has expired, of which nobody knows whether it was taken in time, beside another that lasts. */
class OutlivedAuthorisationTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final Order ORDER = SampleOrders.twoLinesWithTaxAndDiscount();

    private final TestActivityEnvironment environment = TestActivityEnvironment.newInstance();
    private final TestingRetail retail = TestingRetail.quiet(new SettableClock(NOW));
    private PaymentSteps steps = retail.payment;

    @BeforeEach
    void takeIn() {
        environment.registerActivitiesImplementations(retail.activities());
        steps = environment.newActivityStub(PaymentSteps.class);
        retail.hears(with(authorisation("A1", Duration.ofHours(-1))));
        retail.channel.accept(ORDER.id());
        retail.own.screen(ORDER.id(), SamplePolicies.STANDARD.version());
    }

    @AfterEach
    void close() {
        environment.close();
    }

    @Test
    void whatWasTakenBeforeItExpiredIsFoundAndNotTakenAgainOfAnother() {
        retail.vendor.losesReply("capture");
        assertThatThrownBy(() -> steps.capture(ORDER.id())).isInstanceOf(ActivityFailure.class);
        knowsBoth();
        retail.shop.put(bothAnd(new Tender(
                "C1",
                Tender.Kind.CAPTURE,
                Tender.Status.SUCCESS,
                "shopify_payments",
                MoneyBag.of(ORDER.total().shop()),
                Optional.of("A1"),
                false,
                NOW)));

        assertThat(steps.capture(ORDER.id())).isEqualTo(StepResult.done());

        assertThat(captures()).containsExactly("capture A1");
    }

    @Test
    void whatWasNotTakenIsLeftAndTheOtherIsTaken() {
        retail.vendor.goesDown("capture");
        assertThatThrownBy(() -> steps.capture(ORDER.id())).isInstanceOf(ActivityFailure.class);
        retail.vendor.comesBack();
        knowsBoth();

        assertThat(steps.capture(ORDER.id())).isEqualTo(StepResult.done());

        assertThat(captures()).containsExactly("capture A2");
    }

    private void knowsBoth() {
        retail.shop.put(bothAnd());
        retail.channel.accept(ORDER.id());
        assertThat(retail.orders.find(ORDER.id()).orElseThrow().authorisations())
                .extracting(Tender::id)
                .containsExactly("A1", "A2");
    }

    private List<String> captures() {
        return retail.vendor.effects().stream()
                .filter(effect -> effect.startsWith("capture"))
                .toList();
    }

    private static Order bothAnd(Tender... more) {
        OrderBuilder order = builder()
                .tender(authorisation("A1", Duration.ofHours(-1)))
                .tender(authorisation("A2", Duration.ofDays(6)))
                .version(ORDER.version().plusSeconds(90L * (1 + more.length)));
        for (Tender tender : more) {
            order.tender(tender);
        }
        return order.build();
    }

    private static Order with(Tender tender) {
        return builder().tender(tender).build();
    }

    private static OrderBuilder builder() {
        return SampleOrders.twoLines(ORDER.key().externalId());
    }

    private static Tender authorisation(String id, Duration lasts) {
        return new Tender(
                id,
                Tender.Kind.AUTHORIZATION,
                Tender.Status.SUCCESS,
                "shopify_payments",
                MoneyBag.of(ORDER.total().shop()),
                Optional.empty(),
                false,
                NOW.minus(Duration.ofDays(7)),
                Optional.of(NOW.plus(lasts)));
    }
}
