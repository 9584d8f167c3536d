package io.throughline.connectors.tryton;

import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests that go through Tryton together, with what has become of each. A call with several is all or nothing: when Tryton refuses
 * it, each is tried alone, so that one bad document stops only itself.
 */
final class Batch<Q> {
    private static final Logger LOG = LoggerFactory.getLogger(Batch.class);
    private static final int LONGEST_DETAIL = 300;

    private final List<Q> requests;
    private final Map<Q, Reply> answered = new LinkedHashMap<>();

    Batch(List<Q> requests) {
        this.requests = List.copyOf(requests);
    }

    /** Those that neither succeeded nor were refused yet. */
    List<Q> open() {
        return requests.stream()
                .filter(request -> !answered.containsKey(request))
                .toList();
    }

    boolean isOpen(Q request) {
        return !answered.containsKey(request);
    }

    void done(Q request, Receipt receipt) {
        answered.put(request, Reply.done(receipt));
    }

    void refuse(Q request, String detail) {
        refuse(request, code(detail), detail);
    }

    void refuse(Q request, FailureCode code, String detail) {
        String shortened = detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL) + "…";
        answered.put(request, Reply.refused(code, shortened));
    }

    /** Does something for all of {@code some} in one call, or one by one where Tryton refuses that. */
    void together(List<Q> some, Consumer<List<Q>> call) {
        if (some.isEmpty()) {
            return;
        }
        try {
            call.accept(some);
        } catch (TrytonRefusal refusal) {
            if (some.size() == 1) {
                refuse(some.getFirst(), refusal.text());
            } else {
                some.forEach(one -> together(List.of(one), call));
            }
        }
    }

    /** The same with what was prepared for each of them. */
    <P> void together(Map<Q, P> prepared, Consumer<List<P>> call) {
        together(
                List.copyOf(prepared.keySet()),
                some -> call.accept(some.stream().map(prepared::get).toList()));
    }

    /** Prepares each request by itself; what can't be prepared is refused. */
    <P> Map<Q, P> prepare(List<Q> some, Preparation<Q, P> preparation) {
        Map<Q, P> prepared = new LinkedHashMap<>();
        for (Q request : new ArrayList<>(some)) {
            try {
                prepared.put(request, preparation.prepare(request));
            } catch (TrytonRefusal refusal) {
                refuse(request, refusal.text());
            }
        }
        return prepared;
    }

    List<Q> refused() {
        return requests.stream()
                .filter(request -> answered.get(request) instanceof Reply.Refused)
                .toList();
    }

    /** Takes back what Tryton keeps of refused requests, so that nobody finds it half done. What it refuses to let go of stays. */
    void takeBack(List<Q> some, Consumer<List<Q>> call) {
        if (some.isEmpty()) {
            return;
        }
        try {
            call.accept(some);
        } catch (TrytonRefusal kept) {
            if (some.size() == 1) {
                LOG.warn("Tryton keeps what it has of a request that it refused: {}", kept.text());
            } else {
                some.forEach(one -> takeBack(List.of(one), call));
            }
        }
    }

    Map<Q, Reply> answers() {
        return answered;
    }

    private static FailureCode code(String detail) {
        boolean closed = detail.contains("reopen the period")
                || detail.contains("reopen period")
                || detail.contains("reopen the fiscal year")
                || detail.contains("closed period")
                || detail.contains("closed journal-period")
                || detail.contains("create a period");
        return closed ? FailureCode.ERP_PERIOD_CLOSED : FailureCode.ERP_REJECTED;
    }

    /** Turns a request into what is sent; throws {@link TrytonRefusal} where it can't. */
    interface Preparation<Q, P> {
        P prepare(Q request);
    }
}
