package io.throughline.store.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderIntake;
import io.throughline.domain.order.OrderIntake.Outcome;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderSource;
import io.throughline.domain.order.OrderSource.ChannelOrder;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import io.throughline.store.Together;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OrderIntakeTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final OrderIntake intake = POSTGRES.database().orderIntake();
    private final OrderSource submitted = POSTGRES.database().submittedOrders();
    private final OrderKey key = new OrderKey(SampleAccounts.REST, "R-" + NUMBERS.incrementAndGet());
    private final Order order = SampleOrder.of(key).build();

    @BeforeEach
    void empty() {
        POSTGRES.tables().useHandle(handle -> handle.execute("truncate inbox_message, inbox_subject, submitted_order"));
    }

    @Test
    void aSubmissionIsKeptWhereItsChannelIsReadAndWakesItsProcess() {
        assertThat(submit("key-" + key, "hash", order)).isEqualTo(new Outcome.Accepted(order.id()));

        assertThat(submitted.read(key)).contains(new ChannelOrder(order, SampleOrder.ada()));
        assertThat(POSTGRES.dispatched()).singleElement().satisfies(message -> {
            assertThat(message.account()).isEqualTo(SampleAccounts.REST);
            assertThat(message.subject()).isEqualTo(key.workflowId());
            assertThat(message.body()).contains(order.version().toString()).doesNotContain("Canary");
        });
        assertThat(POSTGRES.database().trace().of(order.id().value()))
                .extracting(entry -> entry.kind())
                .startsWith("order.submitted");
    }

    @Test
    void theSameKeyWithTheSameBodyIsTheSameSubmission() {
        submit("key-" + key, "hash", order);

        assertThat(submit("key-" + key, "hash", order)).isEqualTo(new Outcome.Replayed(order.id()));
        assertThat(POSTGRES.dispatched()).hasSize(1);
    }

    @Test
    void theSameKeyWithAnotherBodyIsRefused() {
        submit("key-" + key, "hash", order);
        Order other = SampleOrder.of(new OrderKey(SampleAccounts.REST, key.externalId() + "-b"))
                .build();

        assertThat(submit("key-" + key, "other", other)).isEqualTo(new Outcome.KeyReused());
        assertThat(submitted.read(other.key())).isEmpty();
        assertThat(POSTGRES.dispatched()).hasSize(1);
    }

    @Test
    void whatBecameOfAKeyIsKnownWithoutTheOrder() {
        assertThat(intake.earlier("client", "early-" + key, "hash")).isEmpty();
        intake.submit("client", "early-" + key, "hash", order, SampleOrder.ada(), Optional.empty());

        assertThat(intake.earlier("client", "early-" + key, "hash")).contains(new Outcome.Replayed(order.id()));
        assertThat(intake.earlier("client", "early-" + key, "other")).contains(new Outcome.KeyReused());
        assertThat(intake.earlier("another client", "early-" + key, "hash")).isEmpty();
    }

    @Test
    void keysBelongToTheirClient() {
        submit("key-" + key, "hash", order);
        Order other = SampleOrder.of(new OrderKey(SampleAccounts.REST, key.externalId() + "-c"))
                .build();

        assertThat(intake.submit("another client", "key-" + key, "other", other, SampleOrder.ada(), Optional.empty()))
                .isEqualTo(new Outcome.Accepted(other.id()));
    }

    @Test
    void anotherOrderOfTheSameNameIsRefusedAndItsKeyStaysFree() {
        submit("key-" + key, "hash", order);
        Order other = SampleOrder.of(key).tags("other").build();

        assertThat(submit("second-" + key, "other", other)).isEqualTo(new Outcome.OrderExists(order.id()));
        assertThat(submit("second-" + key, "other", other)).isEqualTo(new Outcome.OrderExists(order.id()));
        assertThat(submitted.read(key).map(ChannelOrder::order)).contains(order);
        Order corrected = SampleOrder.of(new OrderKey(SampleAccounts.REST, key.externalId() + "-d"))
                .build();
        assertThat(submit("second-" + key, "corrected", corrected)).isEqualTo(new Outcome.Accepted(corrected.id()));
    }

    @Test
    void theSameContentUnderAnotherKeyIsAcceptedWithoutASecondMessage() {
        submit("key-" + key, "hash", order);

        assertThat(submit("second-" + key, "hash", order)).isEqualTo(new Outcome.Accepted(order.id()));
        assertThat(POSTGRES.dispatched()).hasSize(1);
    }

    @Test
    void aSubmissionThatComesManyTimesAtOnceIsTakenInOnce() throws Exception {
        List<Outcome> outcomes = Together.run(8, i -> submit("key-" + key, "hash", order));

        assertThat(outcomes).containsOnlyOnce(new Outcome.Accepted(order.id()));
        assertThat(outcomes)
                .filteredOn(new Outcome.Replayed(order.id())::equals)
                .hasSize(7);
        assertThat(POSTGRES.dispatched()).hasSize(1);
    }

    @Test
    void noOtherAccountHasIt() {
        submit("key-" + key, "hash", order);

        assertThat(submitted
                        .changedSince(SampleAccounts.SHOP, Instant.EPOCH, Optional.empty())
                        .changed())
                .isEmpty();
    }

    private Outcome submit(String idempotencyKey, String hash, Order one) {
        return intake.submit("client", idempotencyKey, hash, one, SampleOrder.ada(), Optional.empty());
    }
}
