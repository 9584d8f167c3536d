package io.throughline.sandbox.tryton;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the next call of a method is refused with, as by a rule of the company's that nothing else here knows. Gone at a restart. */
final class Refusals {
    private final Map<String, String> words = new ConcurrentHashMap<>();

    void add(String method, String refusal) {
        words.put(method, refusal);
    }

    void forget() {
        words.clear();
    }

    /** Fails once where the method is to be refused. */
    void meet(String method) {
        Optional.ofNullable(words.remove(method)).ifPresent(refusal -> {
            throw new TrytonError.UserError(refusal);
        });
    }
}
