package io.throughline.connectors.tryton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.throughline.domain.effect.CallSeries;
import io.throughline.domain.failure.FailureCategory;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SerialPosterTest {
    private final SerialPoster poster = new SerialPoster(25, Duration.ofMinutes(1), Duration.ofMinutes(2));
    private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger atWork = new AtomicInteger();
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private final CountDownLatch firstIsAtWork = new CountDownLatch(1);
    private final SerialPoster.Desk<Integer, String> desk = poster.desk(this::carryOut);
    private final SerialPoster.Desk<Integer, String> other = poster.desk(this::carryOut);
    private final SerialPoster.Desk<Integer, String> gated = poster.desk(this::throughTheGate);
    private final Semaphore firstArrival = new Semaphore(0);
    private final Semaphore gate = new Semaphore(0);

    private Map<Integer, String> carryOut(List<Integer> requests) {
        assertThat(atWork.incrementAndGet()).as("calls at once").isEqualTo(1);
        batches.add(requests);
        firstIsAtWork.countDown();
        await(mayGoOn);
        atWork.decrementAndGet();
        if (requests.contains(13)) {
            throw new IllegalStateException("unlucky");
        }
        return requests.stream().collect(Collectors.toMap(Function.identity(), request -> "answer " + request));
    }

    @Test
    void whoWaitsIsTakenAlongInOneCallAndOnlyOneCallIsUnderWay() throws Exception {
        List<Future<String>> answers = new ArrayList<>();
        List<Thread> waiting = Collections.synchronizedList(new ArrayList<>());
        try (var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            answers.add(threads.submit(() -> desk.submit(0)));
            firstIsAtWork.await();
            for (int i = 1; i <= 30; i++) {
                int request = i;
                answers.add(threads.submit(() -> {
                    waiting.add(Thread.currentThread());
                    return (request == 30 ? other : desk).submit(request == 13 ? 31 : request);
                }));
            }
            awaitQueue(waiting, 30);
            mayGoOn.countDown();
            for (Future<String> answer : answers) {
                assertThat(answer.get()).startsWith("answer ");
            }
        }
        assertThat(batches.stream().map(List::size)).containsExactlyInAnyOrder(1, 25, 4, 1);
    }

    @Test
    void aFailureReachesWhoeverWasInTheCall() {
        mayGoOn.countDown();

        assertThatThrownBy(() -> desk.submit(13))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("unlucky");
        assertThat(desk.submit(14)).isEqualTo("answer 14");
    }

    @Test
    void whoFailedTogetherGoesAloneTheNextTime() throws Exception {
        mayGoOn.countDown();
        List<Integer> all = List.of(0, 13, 14, 15);

        assertThat(together(all)).containsExactly(true, false, false, false);
        batches.clear();
        assertThat(together(all)).containsExactly(true, false, true, true);
        assertThat(batches).containsExactlyInAnyOrder(List.of(0), List.of(13), List.of(14), List.of(15));
        batches.clear();
        assertThat(together(List.of(0, 14, 15, 16))).containsOnly(true);
        assertThat(batches).as("nobody suspects them any more").hasSize(2);
    }

    /** Hands in the first, and the others while its call is under way; tells who was answered. */
    private List<Boolean> together(List<Integer> requests) throws Exception {
        List<Thread> waiting = Collections.synchronizedList(new ArrayList<>());
        try (var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            List<Future<String>> answers = new ArrayList<>();
            answers.add(threads.submit(() -> gated.submit(requests.getFirst())));
            firstArrival.acquire();
            for (int request : requests.subList(1, requests.size())) {
                answers.add(threads.submit(() -> {
                    waiting.add(Thread.currentThread());
                    return gated.submit(request);
                }));
            }
            awaitQueue(waiting, requests.size() - 1);
            gate.release();
            return answers.stream()
                    .map(SerialPosterTest::outcome)
                    .map(String.class::isInstance)
                    .toList();
        }
    }

    private Map<Integer, String> throughTheGate(List<Integer> requests) {
        if (requests.contains(0)) {
            firstArrival.release();
            gate.acquireUninterruptibly();
        }
        return carryOut(requests);
    }

    @Test
    void whoseTurnDoesNotComeHasChangedNothing() throws Exception {
        SerialPoster.Desk<Integer, String> hasty =
                new SerialPoster(25, Duration.ofMillis(500), Duration.ofMinutes(2)).desk(this::carryOut);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> first = threads.submit(() -> hasty.submit(0));
            firstIsAtWork.await();

            SystemFailure failure = catchThrowableOfType(SystemFailure.class, () -> hasty.submit(1));

            assertThat(failure.effectPossible()).isFalse();
            assertThat(failure.code().category()).isEqualTo(FailureCategory.TRANSIENT);
            mayGoOn.countDown();
            assertThat(first.get()).isEqualTo("answer 0");
        }
        assertThat(hasty.submit(2)).isEqualTo("answer 2");
        assertThat(batches).containsExactly(List.of(0), List.of(2));
    }

    @Test
    void allOfACallsTimeIsWhatIsLeftOfItsOldestRequest() {
        List<Duration> left = new ArrayList<>();
        SerialPoster.Desk<Integer, String> timed = new SerialPoster(25, Duration.ofSeconds(60), Duration.ofSeconds(130))
                .desk(requests -> {
                    left.add(CallSeries.timeFor(Duration.ofHours(1)));
                    return Map.of(1, "answer 1");
                });

        timed.submit(1);

        assertThat(left)
                .singleElement()
                .satisfies(time -> assertThat(time)
                        .isGreaterThan(Duration.ofSeconds(70))
                        .isLessThanOrEqualTo(Duration.ofSeconds(130)));
    }

    @Test
    void whoseTurnComesTooLateForACallHasChangedNothing() {
        SerialPoster.Desk<Integer, String> late =
                new SerialPoster(25, Duration.ZERO, Duration.ofSeconds(30)).desk(this::carryOut);

        SystemFailure failure = catchThrowableOfType(SystemFailure.class, () -> late.submit(1));

        assertThat(failure.effectPossible()).isFalse();
        assertThat(batches).isEmpty();
    }

    @Test
    void whoWasTakenAlongInACallThatDoesNotEndMayHaveChangedSomething() throws Exception {
        List<Thread> waiting = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch bothAreInTheCall = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        SerialPoster.Desk<Integer, String> slow = poster.desk(requests -> {
            if (requests.contains(0)) {
                firstIsAtWork.countDown();
                await(mayGoOn);
            } else {
                bothAreInTheCall.countDown();
                await(end);
            }
            return requests.stream().collect(Collectors.toMap(Function.identity(), request -> "answer " + request));
        });
        try (var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            Future<String> first = threads.submit(() -> slow.submit(0));
            firstIsAtWork.await();
            List<Future<String>> answers = Stream.of(1, 2)
                    .map(request -> threads.submit(() -> {
                        waiting.add(Thread.currentThread());
                        return slow.submit(request);
                    }))
                    .toList();
            awaitQueue(waiting, 2);
            mayGoOn.countDown();
            assertThat(first.get()).isEqualTo("answer 0");
            bothAreInTheCall.await();

            // Whichever of the two does not make the call waits for its turn; its patience ends, here by interruption.
            while (answers.stream().noneMatch(Future::isDone)) {
                waiting.stream()
                        .filter(thread -> thread.getState() == Thread.State.TIMED_WAITING)
                        .forEach(Thread::interrupt);
                pause();
            }
            end.countDown();

            List<Object> outcomes =
                    answers.stream().map(SerialPosterTest::outcome).toList();
            assertThat(outcomes).anySatisfy(outcome -> assertThat(outcome).isInstanceOf(String.class));
            assertThat(outcomes)
                    .anySatisfy(outcome -> assertThat(outcome).isInstanceOfSatisfying(SystemFailure.class, failure -> {
                        assertThat(failure.code()).isEqualTo(FailureCode.OUTCOME_UNKNOWN);
                        assertThat(failure.effectPossible()).isTrue();
                    }));
        }
    }

    private static Object outcome(Future<String> answer) {
        try {
            return answer.get();
        } catch (ExecutionException failed) {
            return failed.getCause();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static void awaitQueue(List<Thread> waiting, int length) {
        while (waiting.size() < length
                || !waiting.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING)) {
            pause();
        }
    }

    /** A moment that leaves the processor to the threads that are waited for. */
    private static void pause() {
        assertThat(Thread.currentThread().isInterrupted()).as("out of time").isFalse();
        LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
