package io.throughline.store.returns;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.Arrival;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.Finding;
import io.throughline.domain.returns.GoodsStatus;
import io.throughline.domain.returns.MoneyStatus;
import io.throughline.domain.returns.OnePolicy;
import io.throughline.domain.returns.Purchase;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnIntake;
import io.throughline.domain.returns.ReturnIntake.Outcome;
import io.throughline.domain.returns.ReturnIntake.Person;
import io.throughline.domain.returns.ReturnIntake.Submission;
import io.throughline.domain.returns.ReturnPolicyBuilder;
import io.throughline.domain.returns.ReturnPreviews;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.ReturnReckoning;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.domain.returns.Returns;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/** An order of two tees and a cap, of which the tees have left, and what is told of their return. */
@ResourceLock("the database of ReturnsFixture")
abstract class ReturnsFixture {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    static final Person SUPPORT = new Person("support", "support (key 1)");
    static final Person FINANCE = new Person("finance", "finance (key 2)");

    final Returns returns = POSTGRES.database().returns();
    final ReturnIntake intake = POSTGRES.database().returnIntake();
    final ReturnPolicyBuilder policy = new ReturnPolicyBuilder().limits(usd("500.00"), usd("500.00"), usd("500.00"));
    final ReturnPreviews previews = new ReturnPreviews(
            POSTGRES.database().purchases(),
            new OnePolicy(policy::build),
            Clock.fixed(POSTGRES.clock().instant(), ZoneOffset.UTC));
    final ReturnReckoning reckoning = new ReturnReckoning(new OnePolicy(policy::build));
    Order order = SampleOrder.of(SampleOrder.freshKey()).build();

    /** Two tees at 25.00 and a cap at 40.00, of which the tees have left. */
    @BeforeEach
    void theTeesHaveLeft() {
        order = paid(SampleOrder.freshKey()).build();
        POSTGRES.stored(order);
        ship(allocate(order));
    }

    static ReturnRequest.Line line(String lineId, int quantity, ReturnReason reason) {
        return new ReturnRequest.Line(lineId, quantity, reason, Optional.empty());
    }

    ReturnId authorised(String lineId, int quantity) {
        return ((Outcome.Stored) authorise(submission(), lineId, quantity)).id();
    }

    Outcome authorise(Submission submission, String lineId, int quantity) {
        ReturnRequest request = request(lineId, quantity);
        return intake.authorise(submission, order.key(), request, false, purchase -> previews.of(purchase, request));
    }

    ReturnRequest request(String lineId, int quantity) {
        return new ReturnRequest(
                order.id(),
                new ReturnedTo.InStore(SampleFacilities.ST_HARBOR),
                List.of(new ReturnRequest.Line(lineId, quantity, ReturnReason.UNWANTED, Optional.empty())));
    }

    void inspected(ReturnId id) {
        stored(intake.receive(submission(), id, arrival("L1", 1)));
        stored(intake.inspect(submission(), id, finding("L1", 1, Disposition.RESTOCK)));
    }

    void calculate(ReturnId id) {
        returns.calculate(id, (Purchase purchase) -> reckoning.of(find(id), purchase));
    }

    String total(ReturnId id) {
        return find(id).repayment().orElseThrow().refund().total().shop().toString();
    }

    Return find(ReturnId id) {
        return returns.find(id).orElseThrow();
    }

    void assertStands(ReturnId id, GoodsStatus goods, MoneyStatus money) {
        assertThat(find(id).goods()).isEqualTo(goods);
        assertThat(find(id).money()).isEqualTo(money);
    }

    static Money usd(String amount) {
        return Money.of(amount, CurrencyCode.of("USD"));
    }

    static void stored(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Stored.class);
    }

    static Submission submission() {
        return new Submission(SUPPORT, UUID.randomUUID().toString(), "hash");
    }

    static Arrival arrival(String lineId, int quantity) {
        return new Arrival(SampleFacilities.ST_HARBOR, List.of(new Arrival.Units(lineId, quantity)), false);
    }

    static Finding finding(String lineId, int quantity, Disposition disposition) {
        return new Finding(
                SampleFacilities.ST_HARBOR,
                List.of(new Finding.Units(lineId, quantity, ReturnPolicyBuilder.NEW, disposition)));
    }

    static OrderBuilder paid(OrderKey key) {
        return SampleOrder.of(key)
                .tender("T1", Tender.Kind.SALE, Tender.Status.SUCCESS, "bogus", "90.00", Optional.empty());
    }

    static FulfillmentOrderId allocate(Order order) {
        return TestingHandover.allocate(POSTGRES, order);
    }

    static void ship(FulfillmentOrderId id) {
        TestingHandover.ship(POSTGRES, id);
    }
}
