package io.throughline.store.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.Arrival;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.GoodsStatus;
import io.throughline.domain.returns.MoneyStatus;
import io.throughline.domain.returns.Refusal;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnIntake.Outcome;
import io.throughline.domain.returns.Verdict;
import io.throughline.store.SampleOrder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What may come back, and what has. */
class ReturnedGoodsTest extends ReturnsFixture {
    @Test
    void noMoreComesBackThanWasHandedOver() {
        authorised("L1", 1);

        assertThat(authorise(submission(), "L1", 2)).isInstanceOf(Outcome.Denied.class);
        assertThat(authorise(submission(), "L2", 1)).isInstanceOf(Outcome.Denied.class);
        assertThat(authorise(submission(), "L1", 1)).isEqualTo(new Outcome.Stored(ReturnId.of(order.id(), 2)));
    }

    /** Whatever our rules say: the database counts by itself. */
    @Test
    void theDatabaseRefusesThatMoreComesBackThanWasHandedOver() {
        ReturnId id = authorised("L1", 2);

        assertThatThrownBy(() -> POSTGRES.tables()
                        .useHandle(handle -> handle.execute(
                                "update return_line set authorised = 3 where return_id = ?", id.value())))
                .hasMessageContaining("were handed over");
    }

    @Test
    void whatNobodyExpectedIsTakenInAndBecomesACase() {
        ReturnId id = authorised("L1", 1);

        stored(intake.receive(submission(), id, arrival("L1", 2)));

        assertThat(find(id).unexpected()).singleElement().satisfies(beyond -> {
            assertThat(beyond.quantity()).isEqualTo(1);
            assertThat(beyond.sku()).isEqualTo(SampleOrder.TEE);
        });
        assertThat(POSTGRES.database().cases().ofSubject(id.value()))
                .extracting(Case::code)
                .containsExactly(FailureCode.RETURN_UNEXPECTED);
    }

    @Test
    void whatHasNotComeCannotBeInspected() {
        ReturnId id = authorised("L1", 2);
        stored(intake.receive(submission(), id, arrival("L1", 1)));

        assertThat(intake.inspect(submission(), id, finding("L1", 2, Disposition.RESTOCK)))
                .isInstanceOf(Outcome.Conflict.class);
        assertThat(intake.receive(submission(), id, arrival("L9", 1))).isInstanceOf(Outcome.Conflict.class);
    }

    /** A gift card beside tees: it is nothing that could come back, and the rule says so before the database has to. */
    @Test
    void whatWasSoldWithoutGoodsIsRefusedInWords() {
        order = new OrderBuilder(SampleOrder.freshKey(), "USD")
                .line(SampleOrder.TEE, 2, "50.00")
                .giftCard(SampleOrder.CAP, "50.00")
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty())
                .deliver(DeliveryMethod.NONE, Optional.empty(), Optional.empty())
                .tender("T1", Tender.Kind.SALE, Tender.Status.SUCCESS, "bogus", "100.00", Optional.empty())
                .build();
        POSTGRES.stored(order);
        ship(allocate(order));

        assertThat(authorise(submission(), "L2", 1))
                .isInstanceOfSatisfying(
                        Outcome.Denied.class,
                        denied -> assertThat(denied.verdicts())
                                .singleElement()
                                .isInstanceOfSatisfying(
                                        Verdict.Refused.class,
                                        refused -> assertThat(refused.reason()).isEqualTo(Refusal.WITHOUT_GOODS)));
        assertThat(authorise(submission(), "L1", 1)).isInstanceOf(Outcome.Stored.class);
    }

    @Test
    void whatIsGivenUpIsNotWaitedFor() {
        ReturnId id = authorised("L1", 2);
        stored(intake.receive(
                submission(), id, new Arrival(SampleFacilities.WH_EAST, List.of(new Arrival.Units("L1", 1)), true)));
        stored(intake.inspect(submission(), id, finding("L1", 1, Disposition.RESTOCK)));

        assertStands(id, GoodsStatus.INSPECTED, MoneyStatus.UNCALCULATED);
        assertThat(authorise(submission(), "L1", 1)).isInstanceOf(Outcome.Stored.class);
    }
}
