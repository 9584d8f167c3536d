package io.throughline.activities;

import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The outside, all systems in one: what it was made to do is kept as it happened, twice if it happened twice. The same vendor key does
 * nothing twice until it is forgotten, as with real vendors. A test says which operation goes wrong, and how.
 */
public final class TestingVendor {
    private final List<String> effects = new ArrayList<>();
    private final Map<String, Receipt> byKey = new HashMap<>();
    private final Map<String, Receipt> byReference = new LinkedHashMap<>();
    private final Map<String, Deque<Reply.Refused>> refusals = new HashMap<>();
    private final Map<String, Integer> lostReplies = new HashMap<>();
    private final Set<String> down = new LinkedHashSet<>();
    private final Set<String> failing = new LinkedHashSet<>();
    private final Set<String> open = new LinkedHashSet<>();
    private final Set<String> out = new LinkedHashSet<>();

    /** The next call of this operation takes effect, but nobody hears of it. */
    public synchronized void losesReply(String operation) {
        lostReplies.merge(operation, 1, Integer::sum);
    }

    /** The same, and it answers nothing afterwards: nobody can ask whether it has taken effect. */
    public synchronized void losesReplyAndGoesDown(String operation) {
        losesReply(operation);
        failing.add(operation);
    }

    public synchronized void refuses(String operation, FailureCode code, String detail) {
        refusals.computeIfAbsent(operation, unknown -> new ArrayDeque<>()).add(new Reply.Refused(code, detail));
    }

    public synchronized void goesDown(String operation) {
        down.add(operation);
    }

    /** Takes note of what is asked, and does not answer it. */
    public synchronized void leavesOpen(String operation) {
        open.add(operation);
    }

    /** What it has left open it grants after all, without being asked again. */
    public synchronized void answersAfterAll(String operation, String reference) {
        open.remove(operation);
        change(operation, reference, "the first");
    }

    /** What it is asked to do it does not do, and nobody hears so; nor does it answer questions. */
    public synchronized void goesOut(String operation) {
        out.add(operation);
    }

    public synchronized void comesBack() {
        down.clear();
        out.clear();
    }

    public synchronized void forgetsKeys() {
        byKey.clear();
    }

    /** Each as {@code operation reference}, in the order of their happening. */
    public synchronized List<String> effects() {
        return List.copyOf(effects);
    }

    public synchronized void reachable(String operation) {
        if (out.contains(operation)) {
            throw SystemFailure.outcomeUnknown(FailureCode.SYSTEM_UNREACHABLE, operation + " is not answered", null);
        }
        if (down.contains(operation)) {
            throw SystemFailure.withoutEffect(FailureCode.SYSTEM_UNREACHABLE, operation + " is down", null);
        }
    }

    public synchronized Optional<Receipt> find(String operation, String reference) {
        reachable(operation);
        return Optional.ofNullable(byReference.get(operation + " " + reference));
    }

    public synchronized Reply change(String operation, String reference, String vendorKey) {
        reachable(operation);
        if (open.contains(operation)) {
            throw SystemFailure.outcomeUnknown(FailureCode.EFFECT_IN_FLIGHT, "nobody has answered yet", null);
        }
        Deque<Reply.Refused> refused = refusals.get(operation);
        if (refused != null && !refused.isEmpty()) {
            return refused.poll();
        }
        Receipt receipt = byKey.computeIfAbsent(operation + vendorKey, unknown -> {
            effects.add(operation + " " + reference);
            Receipt made = Receipt.of(operation.toUpperCase(java.util.Locale.ROOT) + "-" + effects.size());
            byReference.put(operation + " " + reference, made);
            return made;
        });
        if (lostReplies.merge(operation, 0, Integer::sum) > 0) {
            lostReplies.merge(operation, -1, Integer::sum);
            if (failing.remove(operation)) {
                down.add(operation);
            }
            throw SystemFailure.outcomeUnknown(FailureCode.OUTCOME_UNKNOWN, "the reply was lost", null);
        }
        return Reply.done(receipt);
    }
}
