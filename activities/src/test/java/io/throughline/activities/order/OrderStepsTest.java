package io.throughline.activities.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.activities.TestingRetail;
import io.throughline.domain.SettableClock;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.order.SampleOrders;
import io.throughline.workflows.call.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderStepsTest {
    private static final Sku NOT_OURS = Sku.of("NOT-OURS");
    private static final Sku NOR_THIS = Sku.of("NOR-THIS");
    private static final OrderKey KEY = new OrderKey(SampleAccounts.SHOP, "6500000000061");

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T08:00:00Z"));
    private final TestingRetail retail = TestingRetail.quiet(clock);

    @Test
    void aReleasedHoldStaysReleasedWhenSomethingElseIsFoundNext() {
        assertThat(screen(held(SampleOrders.CAP)).code()).isEqualTo(FailureCode.ORDER_ON_HOLD);
        decide(Action.RELEASE_HOLD);
        assertThat(screen(held(Sku.of("NOT-OURS"))).code()).isEqualTo(FailureCode.UNKNOWN_SKU);
        decide(Action.RETRY);

        assertThat(screen(held(SampleOrders.CAP))).isEqualTo(StepResult.done());
        assertThat(retail.cases.all())
                .extracting(Case::code)
                .containsExactly(FailureCode.ORDER_ON_HOLD, FailureCode.UNKNOWN_SKU);
    }

    @Test
    void aProductThatComesAnswersWhoeverWasAskedAboutIt() {
        assertThat(screen(order(NOT_OURS).build()).code()).isEqualTo(FailureCode.UNKNOWN_SKU);
        Case asked = retail.cases.open().getFirst();
        assertThat(retail.awaited.of(KEY)).containsExactly(NOT_OURS);
        assertThat(screenAgain()).as("nothing has changed").isEqualTo(parked(asked));

        retail.introduced.add(NOT_OURS);
        assertThat(screenAgain()).isEqualTo(StepResult.done());

        assertThat(retail.cases.all()).extracting(Case::id).containsExactly(asked.id());
        assertThat(retail.cases.outcome(asked.id()))
                .contains("its cause has gone: the catalogue knows all of its products");
        assertThat(retail.orders.view(OrderId.of(KEY)).orElseThrow().status()).isEqualTo(OrderStatus.APPROVED);
    }

    @Test
    void aNameThatMeansAProductOfOursLetsTheOrderGoOnAndChangesNoAmount() {
        Order told = order(NOT_OURS).build();
        assertThat(screen(told).code()).isEqualTo(FailureCode.UNKNOWN_SKU);
        Case asked = retail.cases.open().getFirst();
        retail.orders.name(OrderId.of(KEY), NOT_OURS, SampleOrders.SCARF);
        retail.cases.decide(asked.id(), Action.AMEND_AND_RETRY, Map.of("productNames", "NOT-OURS=NW-SCARF-GRY"));

        assertThat(screenAgain()).isEqualTo(StepResult.done());
        Order named = retail.orders.find(OrderId.of(KEY)).orElseThrow();
        assertThat(named.lines()).extracting(OrderLine::sku).containsExactly(SampleOrders.SCARF);
        assertThat(named.total()).isEqualTo(told.total());
        assertThat(named.line("L1").total()).isEqualTo(told.line("L1").total());

        clock.advance(Duration.ofMinutes(1));
        retail.orders.accept(told.withVersion(clock.instant()), PersonalData.none(), clock.instant());
        assertThat(retail.orders.find(OrderId.of(KEY)).orElseThrow().lines())
                .as("whatever its channel tells again")
                .extracting(OrderLine::sku)
                .containsExactly(SampleOrders.SCARF);
    }

    /** As with a name that holds for the account: the order has a case, and nobody decides about it. */
    @Test
    void aNameThatIsRememberedAnswersOthersThatWait() {
        assertThat(screen(order(NOT_OURS).build()).code()).isEqualTo(FailureCode.UNKNOWN_SKU);
        Case asked = retail.cases.open().getFirst();
        retail.orders.name(OrderId.of(KEY), NOT_OURS, SampleOrders.SCARF);

        assertThat(screenAgain()).isEqualTo(StepResult.done());
        assertThat(retail.cases.find(asked.id()).map(Case::status)).contains(CaseStatus.CLOSED);
    }

    @Test
    void oneOfTwoProductsThatComesMendsTheWordsOfTheCaseOnly() {
        assertThat(screen(order(NOT_OURS).line(NOR_THIS, 1, "5.00").build()).code())
                .isEqualTo(FailureCode.UNKNOWN_SKU);
        Case asked = retail.cases.open().getFirst();
        assertThat(asked.detail()).isEqualTo("not in the catalogue: NOT-OURS, NOR-THIS");

        clock.advance(Duration.ofHours(1));
        retail.introduced.add(NOT_OURS);
        assertThat(screenAgain()).isEqualTo(parked(asked));

        Case now = retail.cases.open().getFirst();
        assertThat(now.id()).isEqualTo(asked.id());
        assertThat(now.dueAt()).isEqualTo(asked.dueAt());
        assertThat(now.detail()).isEqualTo("not in the catalogue: NOR-THIS");
        assertThat(retail.awaited.of(KEY)).containsExactly(NOR_THIS);
    }

    @Test
    void aTagThatItsChannelHasTakenOffHoldsNoLonger() {
        assertThat(screen(held(SampleOrders.CAP)).code()).isEqualTo(FailureCode.ORDER_ON_HOLD);
        Case asked = retail.cases.open().getFirst();
        clock.advance(Duration.ofMinutes(1));

        assertThat(screen(order(SampleOrders.CAP).build())).isEqualTo(StepResult.done());

        assertThat(retail.cases.outcome(asked.id()))
                .contains("its cause has gone: its channel has taken off what held it");
    }

    @Test
    void aCorrectedVersionAnswersWhoeverWasAskedAboutItsTotals() {
        assertThat(screen(order(SampleOrders.CAP).total("41.00").build()).code())
                .isEqualTo(FailureCode.ORDER_TOTALS_DISAGREE);
        Case asked = retail.cases.open().getFirst();
        clock.advance(Duration.ofMinutes(1));

        assertThat(screen(order(SampleOrders.CAP).build())).isEqualTo(StepResult.done());

        assertThat(retail.cases.outcome(asked.id())).contains("its cause has gone: its channel has corrected it");
    }

    @Test
    void anotherQuestionIsAnotherCase() {
        screen(held(SampleOrders.CAP));
        Case hold = retail.cases.open().getFirst();
        clock.advance(Duration.ofMinutes(1));

        assertThat(screen(order(NOT_OURS).build()).code()).isEqualTo(FailureCode.UNKNOWN_SKU);

        assertThat(retail.cases.outcome(hold.id())).contains("another question by now: UNKNOWN_SKU");
        assertThat(retail.cases.open()).extracting(Case::code).containsExactly(FailureCode.UNKNOWN_SKU);
    }

    private StepResult screenAgain() {
        return retail.own.screen(OrderId.of(KEY), "standard-1");
    }

    private static StepResult parked(Case asked) {
        return StepResult.parked(asked.id().value(), asked.code());
    }

    private OrderBuilder order(Sku sku) {
        return new OrderBuilder(KEY, "USD").version(clock.instant()).line(sku, 1, "40.00");
    }

    private StepResult screen(Order order) {
        retail.hears(order);
        assertThat(retail.channel.accept(order.id())).isEqualTo(StepResult.done());
        return retail.own.screen(order.id(), "standard-1");
    }

    private Order held(Sku sku) {
        clock.advance(Duration.ofMinutes(1));
        return new OrderBuilder(KEY, "USD")
                .version(clock.instant())
                .line(sku, 1, "40.00")
                .paid()
                .tags("fraud-review")
                .build();
    }

    private void decide(Action action) {
        assertThat(retail.cases.open()).hasSize(1);
        retail.cases.decide(retail.cases.open().getFirst().id(), action);
    }
}
