package io.throughline.activities;

import static io.throughline.activities.TestingOrderRuns.assertCompletedByItself;
import static io.throughline.activities.TestingOrderRuns.assertNothingIsLeft;
import static io.throughline.activities.TestingOrderRuns.operations;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.order.Tender;
import io.throughline.domain.policy.OrderPolicy;
import io.throughline.domain.policy.SamplePolicies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An order whose money is authorised for a time that ends. A day before that, by policy, it is to be taken. */
class AuthorisedOrderTest {
    private static final String NUMBER = "6500000000501";

    @Test
    void whatIsPickedIsTakenInTimeAndNotASecondTimeWhenItLeaves() {
        try (OrderRun run = released(SamplePolicies.FOLLOWING, Duration.ofHours(26))) {
            run.reports(1, FulfillmentStatus.PACKED).awaitStatus(1, FulfillmentStatus.PACKED);
            assertThat(operations(run)).doesNotContain("capture");
            run.passes(Duration.ofHours(3)).awaitEffect("capture");
            assertThat(run.retail.work.get(run.work(1)).status()).isEqualTo(FulfillmentStatus.PACKED);

            run.reports(1, FulfillmentStatus.SHIPPED);
            assertCompletedByItself(run);
        }
    }

    @Test
    void whatIsNotPickedIsAskedAboutAheadOfTimeAndTakenOnceItIs() {
        try (OrderRun run = released(SamplePolicies.FOLLOWING, Duration.ofHours(26))) {
            run.passes(Duration.ofHours(1));
            assertThat(run.retail.cases.all()).isEmpty();
            run.passes(Duration.ofHours(2));
            assertAsked(run, FailureCode.AUTHORISATION_AT_RISK);
            assertThat(operations(run)).doesNotContain("capture");

            run.reports(1, FulfillmentStatus.PACKED).awaitEffect("capture");
            run.await(
                    "the question to answer itself",
                    () -> run.retail.cases.open().isEmpty());
            run.reports(1, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    @Test
    void aPersonMayHaveItTakenBeforeAnythingIsPicked() {
        try (OrderRun run = released(SamplePolicies.FOLLOWING, Duration.ofHours(26))) {
            run.passes(Duration.ofHours(3));
            assertAsked(run, FailureCode.AUTHORISATION_AT_RISK);
            run.decides(Action.RELEASE_HOLD).awaitEffect("capture");
            run.reports(1, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    @Test
    void whatExpiresIsHeldAndGoesOnWithoutMoneyOnlyIfAPersonSaysSo() {
        try (OrderRun run = released(SamplePolicies.FOLLOWING, Duration.ofHours(26))) {
            run.reports(1, FulfillmentStatus.ACKNOWLEDGED).awaitStatus(1, FulfillmentStatus.ACKNOWLEDGED);
            run.passes(Duration.ofHours(3));
            assertAsked(run, FailureCode.AUTHORISATION_AT_RISK);
            run.passes(Duration.ofHours(24));
            assertAsked(run, FailureCode.AUTHORISATION_EXPIRED);
            assertThat(run.retail.work.get(run.work(1)).held()).isPresent();
            assertThat(operations(run)).doesNotContain("capture");
            run.wake("order").passes(Duration.ofDays(3));
            assertAsked(run, FailureCode.AUTHORISATION_EXPIRED);

            run.decides(Action.RELEASE_HOLD)
                    .await(
                            "it goes on",
                            () -> run.retail.work.get(run.work(1)).held().isEmpty());
            run.reports(1, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    @Test
    void newMoneyLetsItGoOnByItself() {
        try (OrderRun run = released(SamplePolicies.FOLLOWING, Duration.ofHours(26))) {
            run.reports(1, FulfillmentStatus.ACKNOWLEDGED).awaitStatus(1, FulfillmentStatus.ACKNOWLEDGED);
            run.passes(Duration.ofHours(27));
            assertAsked(run, FailureCode.AUTHORISATION_EXPIRED);

            Order paid = builder()
                    .paid()
                    .version(run.order.version().plusSeconds(90))
                    .build();
            run.retail.shop.put(paid);
            run.wake("channel")
                    .await("it goes on", () -> run.retail.cases.open().isEmpty());
            assertThat(run.retail.work.get(run.work(1)).held()).isEmpty();
            run.reports(1, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(operations(run)).doesNotContain("capture");
            assertNothingIsLeft(run);
        }
    }

    /** Its work is held by the first reading, and nobody is asked about that while its risk is looked at. */
    @Test
    void moneyThatComesBeforeAnybodyIsAskedLetsItGoOn() {
        try (OrderRun run = OrderRun.under(
                SamplePolicies.FOLLOWING,
                builder().tags("fraud-review").authorised().build())) {
            Tender over = lasting(run.order, run.now().minus(Duration.ofHours(1)))
                    .tenders()
                    .getFirst();
            run.retail.shop.put(builder().tags("fraud-review").tender(over).build());
            run.start();
            assertAsked(run, FailureCode.ORDER_ON_HOLD);
            assertThat(run.retail.work.holds().standing(run.order.id())).hasSize(1);

            run.retail.shop.put(builder()
                    .tags("fraud-review")
                    .tender(over)
                    .paid()
                    .version(run.order.version().plusSeconds(90))
                    .build());
            run.decides(Action.RELEASE_HOLD).awaitStatus(1, FulfillmentStatus.RELEASED);
            run.reports(1, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all()).hasSize(1);
        }
    }

    /** Who voids what was not taken in time has not paid: the question stays. */
    @Test
    void whatIsVoidedMeanwhileIsNoMoney() {
        try (OrderRun run = released(SamplePolicies.FOLLOWING, Duration.ofHours(26))) {
            run.reports(1, FulfillmentStatus.ACKNOWLEDGED).awaitStatus(1, FulfillmentStatus.ACKNOWLEDGED);
            run.passes(Duration.ofHours(27));
            assertAsked(run, FailureCode.AUTHORISATION_EXPIRED);
            Tender authorisation = run.retail
                    .shop
                    .read(run.order.key())
                    .orElseThrow()
                    .order()
                    .tenders()
                    .getFirst();
            run.retail.shop.put(builder()
                    .tender(authorisation)
                    .tender(
                            "V1",
                            Tender.Kind.VOID,
                            Tender.Status.SUCCESS,
                            authorisation.gateway(),
                            authorisation.amount().shop().toDecimal().toPlainString(),
                            Optional.of(authorisation.id()))
                    .version(run.order.version().plusSeconds(90))
                    .build());
            run.wake("channel").passes(Duration.ofDays(1));

            assertAsked(run, FailureCode.AUTHORISATION_EXPIRED);
            assertThat(run.retail.work.get(run.work(1)).held()).isPresent();
        }
    }

    @Test
    void workWithoutMoneyIsGivenToNobody() {
        try (OrderRun run = authorised(SamplePolicies.FOLLOWING, Duration.ofHours(-1))) {
            run.start();
            assertAsked(run, FailureCode.AUTHORISATION_EXPIRED);
            run.passes(Duration.ofMinutes(10));
            assertThat(run.retail.work.get(run.work(1)).status()).isEqualTo(FulfillmentStatus.ALLOCATED);
            assertThat(operations(run)).doesNotContain("release");

            run.startAgain();
            assertAsked(run, FailureCode.AUTHORISATION_EXPIRED);
            run.decides(Action.CANCEL);
            assertThat(run.result()).isEqualTo("CANCELLED");
            assertNothingIsLeft(run);
        }
    }

    @Test
    void byAVersionThatSaysNothingOfItItIsTakenWithTheGoods() {
        try (OrderRun run = released(SamplePolicies.STANDARD, Duration.ofHours(2))) {
            run.reports(1, FulfillmentStatus.ACKNOWLEDGED).awaitStatus(1, FulfillmentStatus.ACKNOWLEDGED);
            run.passes(Duration.ofHours(5));
            assertThat(run.retail.cases.all()).isEmpty();
            run.reports(1, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    private static OrderRun released(OrderPolicy policy, Duration lasts) {
        return authorised(policy, lasts).start().awaitStatus(1, FulfillmentStatus.RELEASED);
    }

    private static OrderRun authorised(OrderPolicy policy, Duration lasts) {
        OrderRun run = OrderRun.under(policy, builder().authorised().build());
        run.retail.shop.put(lasting(run.order, run.now().plus(lasts)));
        return run;
    }

    private static OrderBuilder builder() {
        return SampleOrders.twoLines(NUMBER);
    }

    private static Order lasting(Order order, Instant until) {
        Tender before = order.tenders().getFirst();
        return builder()
                .tender(new Tender(
                        before.id(),
                        Tender.Kind.AUTHORIZATION,
                        Tender.Status.SUCCESS,
                        before.gateway(),
                        MoneyBag.of(order.total().shop()),
                        Optional.empty(),
                        false,
                        before.at(),
                        Optional.of(until)))
                .build();
    }

    private static void assertAsked(OrderRun run, FailureCode code) {
        run.await(
                "the case " + code,
                () -> run.retail.cases.open().stream().map(Case::code).toList().equals(List.of(code)));
    }
}
