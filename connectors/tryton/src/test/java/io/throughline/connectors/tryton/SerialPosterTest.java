package io.throughline.connectors.tryton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SerialPosterTest {
    private final SerialPoster poster = new SerialPoster(25);
    private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger atWork = new AtomicInteger();
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private final CountDownLatch firstIsAtWork = new CountDownLatch(1);
    private final SerialPoster.Desk<Integer, String> desk = poster.desk(this::carryOut);
    private final SerialPoster.Desk<Integer, String> other = poster.desk(this::carryOut);

    private Map<Integer, String> carryOut(List<Integer> requests) {
        assertThat(atWork.incrementAndGet()).as("calls at once").isEqualTo(1);
        batches.add(requests);
        firstIsAtWork.countDown();
        try {
            mayGoOn.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
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
            while (waiting.size() < 30
                    || waiting.stream().anyMatch(thread -> thread.getState() != Thread.State.WAITING)) {
                Thread.onSpinWait();
            }
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
}
