package io.throughline.connectors.tryton;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Carries out a company's changes one call at a time, since Tryton numbers its documents under one lock and refuses the second caller.
 * Who comes while a call is under way waits, and whoever's turn is next takes all waiting requests of its kind along in one call: ten
 * sales in one call cost little more than one.
 */
final class SerialPoster {
    private final ReentrantLock turn = new ReentrantLock(true);
    private final int mostAtOnce;

    SerialPoster(int mostAtOnce) {
        this.mostAtOnce = mostAtOnce;
    }

    /** One kind of request with its batch form, which answers each distinct request. */
    <Q, R> Desk<Q, R> desk(Function<List<Q>, Map<Q, R>> batch) {
        return new Desk<>(batch);
    }

    final class Desk<Q, R> {
        private final Function<List<Q>, Map<Q, R>> batch;
        private final Queue<Waiting<Q, R>> waiting = new ArrayDeque<>();

        private Desk(Function<List<Q>, Map<Q, R>> batch) {
            this.batch = batch;
        }

        /** Waits for its turn, and throws what the call threw. */
        R submit(Q request) {
            Waiting<Q, R> own = new Waiting<>(request, new CompletableFuture<>());
            synchronized (waiting) {
                waiting.add(own);
            }
            turn.lock();
            try {
                while (!own.answer().isDone()) {
                    carryOut(next());
                }
            } finally {
                turn.unlock();
            }
            return answerOf(own);
        }

        private List<Waiting<Q, R>> next() {
            synchronized (waiting) {
                List<Waiting<Q, R>> taken = new ArrayList<>();
                while (taken.size() < mostAtOnce && !waiting.isEmpty()) {
                    taken.add(waiting.remove());
                }
                return taken;
            }
        }

        private void carryOut(List<Waiting<Q, R>> taken) {
            try {
                Map<Q, List<Waiting<Q, R>>> byRequest = new LinkedHashMap<>();
                taken.forEach(one -> byRequest
                        .computeIfAbsent(one.request(), any -> new ArrayList<>())
                        .add(one));
                Map<Q, R> answers = batch.apply(List.copyOf(byRequest.keySet()));
                byRequest.forEach((request, group) -> group.forEach(one -> answer(one, answers)));
            } catch (RuntimeException | Error failure) {
                taken.forEach(one -> one.answer().completeExceptionally(failure));
            }
        }

        private void answer(Waiting<Q, R> one, Map<Q, R> answers) {
            R answer = answers.get(one.request());
            if (answer == null) {
                one.answer().completeExceptionally(new IllegalStateException("the batch left a request unanswered"));
            } else {
                one.answer().complete(answer);
            }
        }

        private R answerOf(Waiting<Q, R> own) {
            try {
                return own.answer().join();
            } catch (CompletionException failed) {
                if (failed.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw failed;
            }
        }
    }

    private record Waiting<Q, R>(Q request, CompletableFuture<R> answer) {}
}
