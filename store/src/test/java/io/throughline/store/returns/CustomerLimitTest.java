package io.throughline.store.returns;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.order.Order;
import io.throughline.domain.returns.Purchase;
import io.throughline.domain.returns.ReturnCause;
import io.throughline.domain.returns.ReturnIntake.Outcome;
import io.throughline.domain.returns.ReturnPreview;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.store.SampleOrder;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Of two who ask at once for returns of two orders of one customer, as many win as the limit has room for. */
class CustomerLimitTest extends ReturnsFixture {
    @Test
    void twoClaimsOfTwoOrdersAtOnceAreCountedOneAfterTheOther() throws Exception {
        policy.claims(usd("500.00"), 1);
        PersonalData ada = named("ada-" + UUID.randomUUID() + "@example.com");
        Order one = left(ada);
        Order other = left(ada);
        CountDownLatch otherCounts = new CountDownLatch(1);
        AtomicReference<Future<Outcome>> second = new AtomicReference<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Outcome first = claim(one, purchase -> {
                ReturnPreview counted = preview(one, purchase);
                second.set(threads.submit(() -> claim(other, bought -> {
                    otherCounts.countDown();
                    return preview(other, bought);
                })));
                // Where nobody made it wait, it would count now, and find room, too.
                while (otherCounts.getCount() > 0 && !somebodyWaits()) {
                    Thread.onSpinWait();
                }
                return counted;
            });

            assertThat(first).isInstanceOf(Outcome.Stored.class);
            assertThat(second.get().get()).isInstanceOf(Outcome.Conflict.class);
        }
    }

    /** Nothing has come back yet, and nothing was given. */
    @Test
    void aReturnOfTheCustomersChoiceCountsWhileItIsOpen() {
        policy.customerLimit(1, 90);
        PersonalData ada = named("ada-" + UUID.randomUUID() + "@example.com");
        Order one = left(ada);
        Order other = left(ada);
        Outcome first = choose(one);
        assertThat(first).isInstanceOf(Outcome.Stored.class);

        assertThat(choose(other)).isInstanceOf(Outcome.Denied.class);

        stored(intake.refuse(((Outcome.Stored) first).id(), SUPPORT, "she keeps them"));
        assertThat(choose(other)).isInstanceOf(Outcome.Stored.class);
    }

    private Outcome choose(Order of) {
        ReturnRequest request =
                new ReturnRequest(of.id(), new ReturnedTo.ByMail(), List.of(line("L1", 1, ReturnReason.UNWANTED)));
        return intake.authorise(submission(), of.key(), request, false, bought -> previews.of(bought, request));
    }

    private static PersonalData named(String email) {
        return new PersonalData(
                Optional.empty(), Optional.of(email), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static boolean somebodyWaits() {
        return POSTGRES.tables()
                .withHandle(handle -> handle.createQuery(
                                "select exists (select from pg_locks where locktype = 'advisory' and not granted)")
                        .mapTo(Boolean.class)
                        .one());
    }

    private Order left(PersonalData person) {
        Order sold = paid(SampleOrder.freshKey()).build();
        POSTGRES.stored(sold, person);
        ship(allocate(sold));
        return sold;
    }

    private Outcome claim(Order of, Function<Purchase, ReturnPreview> rule) {
        return intake.authorise(submission(), of.key(), request(of), false, rule);
    }

    private ReturnPreview preview(Order of, Purchase purchase) {
        return previews.of(purchase, request(of));
    }

    private static ReturnRequest request(Order of) {
        return new ReturnRequest(
                of.id(),
                new ReturnCause.Claim(List.of("photo-1")),
                new ReturnedTo.Never(),
                List.of(line("L1", 1, ReturnReason.DEFECTIVE)));
    }
}
