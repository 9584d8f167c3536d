package io.throughline.store.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.CancellationPlanner;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.ChangePlan;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.IllegalDecision;
import io.throughline.domain.intervention.Interventions;
import io.throughline.domain.intervention.PlanOutdated;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderStatus;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A fact and the message that tells of it are there together or not at all. */
class InterventionsTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private final Interventions interventions = POSTGRES.database().interventions();
    private final Order order = SampleOrder.fresh();

    @AfterEach
    void mend() {
        POSTGRES.tables().useHandle(handle -> handle.execute("drop trigger if exists broken on inbox_message"));
    }

    @Test
    void aDecisionLeavesItsWakeUp() {
        Case open = open();

        Case decided = interventions.decide(open.id(), retry());
        interventions.decide(open.id(), retry());

        assertThat(decided.status()).isEqualTo(CaseStatus.DECIDED);
        assertThat(wakeUps("case/" + open.id())).containsExactly("throughline/decision");
    }

    @Test
    void aDecisionWithoutItsWakeUpIsNotTaken() {
        Case open = open();
        breakTheInbox();

        assertThatThrownBy(() -> interventions.decide(open.id(), retry())).hasMessageContaining("P0001");

        assertThat(POSTGRES.database().cases().find(open.id())).contains(open);
        mend();
        interventions.decide(open.id(), retry());
        assertThat(wakeUps("case/" + open.id())).hasSize(1);
    }

    @Test
    void whatTheCaseDoesNotAllowWakesNobody() {
        Case open = open();
        Decision reroute = new Decision(
                Action.REROUTE,
                "ada",
                true,
                Optional.empty(),
                Map.of(),
                POSTGRES.clock().instant());

        assertThatThrownBy(() -> interventions.decide(open.id(), reroute)).isInstanceOf(IllegalDecision.class);

        assertThat(wakeUps("case/" + open.id())).isEmpty();
    }

    @Test
    void aCancellationLeavesItsWakeUp() {
        OrderId id = POSTGRES.stored(order);

        assertThat(interventions.cancel(id, "ada", "by telephone")).isTrue();
        assertThat(interventions.cancel(id, "bob", "by letter")).isTrue();

        assertThat(cancelRequested(id)).isTrue();
        assertThat(wakeUps(order.key().workflowId())).containsExactly("throughline/cancel");
    }

    @Test
    void whatWasDeclinedAndIsAskedForAgainWakesItsProcessAgain() {
        OrderId id = POSTGRES.stored(order);
        interventions.cancel(id, "ada", "by telephone");
        assertThat(wakeUps(order.key().workflowId())).containsExactly("throughline/cancel");
        POSTGRES.database().orders().declineCancel(id, "nobody gives it back");

        assertThat(interventions.cancel(id, "ada", "by letter")).isTrue();

        assertThat(cancelRequested(id)).isTrue();
        assertThat(wakeUps(order.key().workflowId())).contains("throughline/cancel");
    }

    @Test
    void anOrderThatHasEndedIsNotCancelledAnyMore() {
        OrderId id = POSTGRES.stored(order);
        POSTGRES.database().orders().advance(id, OrderStatus.CANCELLED, "for the test");

        assertThat(interventions.cancel(id, "ada", "by telephone")).isFalse();

        assertThat(cancelRequested(id)).isFalse();
        assertThat(wakeUps(order.key().workflowId())).isEmpty();
    }

    @Test
    void aCancellationWithoutItsWakeUpIsNotAskedFor() {
        OrderId id = POSTGRES.stored(order);
        breakTheInbox();

        assertThatThrownBy(() -> interventions.cancel(id, "ada", "by telephone"))
                .hasMessageContaining("P0001");

        assertThat(cancelRequested(id)).isFalse();
    }

    @Test
    void aPlanIsGoodForADay() {
        OrderId id = POSTGRES.stored(order);
        CancellationPlanner planner = new CancellationPlanner(Set.of());
        String plan =
                interventions.planCancellation(id, "ada", planner).orElseThrow().token();

        POSTGRES.clock().advance(Duration.ofHours(25));

        assertThatThrownBy(() -> interventions.cancelAsPlanned(id, plan, "ada", "by telephone", planner))
                .isInstanceOf(PlanOutdated.class);
        assertThat(cancelRequested(id)).isFalse();
        assertThat(interventions.planCancellation(id, "ada", planner))
                .map(ChangePlan::token)
                .contains(plan);
        assertThat(interventions.cancelAsPlanned(id, plan, "ada", "by telephone", planner))
                .isTrue();
    }

    @Test
    void anUnknownOrderCannotBeCancelled() {
        assertThatThrownBy(() -> interventions.cancel(new OrderId("O-ZZZZZZZZZZ"), "ada", "by telephone"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Case open() {
        return POSTGRES.database()
                .cases()
                .open(SampleAccounts.SHOP, order.id().value(), "erp.invoice", FailureCode.ERP_REJECTED, "no product");
    }

    private static Decision retry() {
        return new Decision(
                Action.RETRY,
                "ada",
                true,
                Optional.empty(),
                Map.of(),
                POSTGRES.clock().instant());
    }

    private static boolean cancelRequested(OrderId id) {
        return POSTGRES.database()
                .orders()
                .view(id)
                .orElseThrow()
                .cancelRequestedAt()
                .isPresent();
    }

    /** The topics of what a dispatcher gets to see of a subject. */
    private static List<String> wakeUps(String subject) {
        return POSTGRES.dispatched().stream()
                .filter(message -> message.subject().equals(subject))
                .map(InboxMessage::topic)
                .toList();
    }

    /** As if the process had died between the two writes. */
    private static void breakTheInbox() {
        POSTGRES.tables().useHandle(handle -> {
            handle.execute("create or replace function refuse() returns trigger language plpgsql as "
                    + "'begin raise exception ''no inbox''; end'");
            handle.execute("create trigger broken before insert on inbox_message execute function refuse()");
        });
    }
}
