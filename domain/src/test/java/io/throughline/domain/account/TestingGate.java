package io.throughline.domain.account;

import io.throughline.domain.failure.SystemFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Systems are paused and resumed in memory. */
public final class TestingGate implements SystemGate {
    private final Set<AccountId> paused = ConcurrentHashMap.newKeySet();
    private final Map<AccountId, Instant> resumed = new ConcurrentHashMap<>();

    public TestingGate pause(AccountId account) {
        paused.add(account);
        return this;
    }

    public void resume(AccountId account, Instant at) {
        paused.remove(account);
        resumed.put(account, at);
    }

    @Override
    public void pass(AccountId account) {
        if (paused.contains(account)) {
            throw SystemFailure.heldBack(account + " is paused", Duration.ofSeconds(10));
        }
    }

    @Override
    public Optional<Instant> resumedAt(AccountId account) {
        return Optional.ofNullable(resumed.get(account));
    }
}
