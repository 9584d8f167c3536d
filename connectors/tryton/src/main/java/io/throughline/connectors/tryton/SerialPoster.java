package io.throughline.connectors.tryton;

import io.throughline.domain.effect.CallSeries;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Carries out a company's changes one call at a time, since Tryton numbers its documents under one lock and refuses the second caller.
 * Who comes while a call is under way waits, and whoever's turn is next takes all waiting requests of its kind along in one call: ten
 * sales in one call cost little more than one. Nobody waits for its turn for longer than the poster's patience, nor for its answer for
 * longer than the limit, however slow Tryton is: each call ends before the first of those in it would give up. When a call fails, each of
 * its requests goes alone the next time, for one of them may be to blame.
 */
final class SerialPoster {
    /** Who never comes back, because its order has ended, is forgotten by this. */
    private static final int MOST_SUSPECTS = 500;

    private final ReentrantLock turn = new ReentrantLock(true);
    private final int mostAtOnce;
    private final Duration patience;
    private final Duration limit;

    SerialPoster(int mostAtOnce, Duration patience, Duration limit) {
        this.mostAtOnce = mostAtOnce;
        this.patience = patience;
        this.limit = limit;
    }

    private boolean takeTurn() {
        try {
            return turn.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** One kind of request with its batch form, which answers each distinct request. */
    <Q, R> Desk<Q, R> desk(Function<List<Q>, Map<Q, R>> batch) {
        return new Desk<>(batch);
    }

    final class Desk<Q, R> {
        private final Function<List<Q>, Map<Q, R>> batch;
        private final Queue<Waiting<Q, R>> waiting = new ArrayDeque<>();
        private final LinkedHashSet<Q> suspects = new LinkedHashSet<>();

        private Desk(Function<List<Q>, Map<Q, R>> batch) {
            this.batch = batch;
        }

        /** Waits for its turn, and throws what the call threw. */
        R submit(Q request) {
            Waiting<Q, R> own = new Waiting<>(request, System.nanoTime(), new CompletableFuture<>());
            synchronized (waiting) {
                waiting.add(own);
            }
            if (!takeTurn()) {
                return withoutTurn(own);
            }
            try {
                while (!own.answer().isDone()) {
                    carryOut(next());
                }
            } finally {
                turn.unlock();
            }
            return answerOf(own);
        }

        /** Who still stands in the queue has changed nothing; whom somebody else took along may have. */
        private R withoutTurn(Waiting<Q, R> own) {
            synchronized (waiting) {
                if (waiting.remove(own)) {
                    throw tooBusy();
                }
            }
            try {
                own.answer().handle((answer, failure) -> true).get(left(own).toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException late) {
                throw notAnswered();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw notAnswered();
            }
            return answerOf(own);
        }

        private Duration left(Waiting<Q, R> one) {
            return limit.minusNanos(System.nanoTime() - one.since());
        }

        private List<Waiting<Q, R>> next() {
            synchronized (waiting) {
                List<Waiting<Q, R>> taken = new ArrayList<>();
                while (taken.size() < mostAtOnce && !waiting.isEmpty() && mayJoin(waiting.element(), taken)) {
                    taken.add(waiting.remove());
                }
                return taken;
            }
        }

        private boolean mayJoin(Waiting<Q, R> one, List<Waiting<Q, R>> taken) {
            return taken.isEmpty()
                    || !(suspects.contains(one.request())
                            || suspects.contains(taken.getFirst().request()));
        }

        /** Whoever took its turn late, behind too many others, has no time left for a call. */
        private void carryOut(List<Waiting<Q, R>> taken) {
            Duration enough = limit.minus(patience);
            List<Waiting<Q, R>> inTime = new ArrayList<>();
            for (Waiting<Q, R> one : taken) {
                if (left(one).compareTo(enough) >= 0) {
                    inTime.add(one);
                } else {
                    one.answer().completeExceptionally(tooBusy());
                }
            }
            if (!inTime.isEmpty()) {
                callFor(inTime);
            }
        }

        private void callFor(List<Waiting<Q, R>> taken) {
            Map<Q, List<Waiting<Q, R>>> byRequest = new LinkedHashMap<>();
            taken.forEach(one -> byRequest
                    .computeIfAbsent(one.request(), any -> new ArrayList<>())
                    .add(one));
            try {
                Duration left = taken.stream()
                        .map(this::left)
                        .min(Comparator.naturalOrder())
                        .orElseThrow();
                Map<Q, R> answers = CallSeries.within(left, () -> batch.apply(List.copyOf(byRequest.keySet())));
                acquit(byRequest.keySet());
                byRequest.forEach((request, group) -> group.forEach(one -> answer(one, answers)));
            } catch (RuntimeException | Error failure) {
                if (byRequest.size() > 1 && mayLieInARequest(failure)) {
                    suspect(byRequest.keySet());
                }
                taken.forEach(one -> one.answer().completeExceptionally(failure));
            }
        }

        private void suspect(Set<Q> requests) {
            synchronized (waiting) {
                suspects.addAll(requests);
                while (suspects.size() > MOST_SUSPECTS) {
                    suspects.removeFirst();
                }
            }
        }

        private void acquit(Set<Q> requests) {
            synchronized (waiting) {
                suspects.removeAll(requests);
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

    private static boolean mayLieInARequest(Throwable failure) {
        return !(failure instanceof SystemFailure system)
                || switch (system.code()) {
                    case SYSTEM_UNREACHABLE, RATE_LIMITED, CREDENTIAL_REFUSED, SYSTEM_PAUSED -> false;
                    default -> true;
                };
    }

    private SystemFailure tooBusy() {
        return SystemFailure.withoutEffect(
                FailureCode.SYSTEM_UNREACHABLE,
                "earlier calls kept Tryton busy for " + patience.toSeconds() + " s",
                null);
    }

    private static SystemFailure notAnswered() {
        return SystemFailure.outcomeUnknown(
                FailureCode.OUTCOME_UNKNOWN, "Tryton has not answered the call that this is a part of", null);
    }

    private record Waiting<Q, R>(Q request, long since, CompletableFuture<R> answer) {}
}
