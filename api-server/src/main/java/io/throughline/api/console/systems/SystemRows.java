package io.throughline.api.console.systems;

import io.throughline.api.console.Badge;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Tone;
import io.throughline.api.console.Words;
import io.throughline.api.console.systems.SystemRow.Held;
import io.throughline.domain.account.Account;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.account.SystemControls;
import io.throughline.domain.account.SystemControls.Control;
import io.throughline.domain.account.SystemHealth;
import io.throughline.domain.account.SystemHealth.Health;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells how the systems of all accounts are doing. */
public final class SystemRows {
    private final SystemHealth health;
    private final SystemControls controls;
    private final Accounts accounts;

    public SystemRows(SystemHealth health, SystemControls controls, Accounts accounts) {
        this.health = health;
        this.controls = controls;
        this.accounts = accounts;
    }

    public List<SystemRow> read(Moments moments) {
        return read(accounts.all(), moments);
    }

    SystemRow read(AccountId account, Moments moments) {
        return read(List.of(accounts.get(account)), moments).getFirst();
    }

    private List<SystemRow> read(List<Account> all, Moments moments) {
        Map<AccountId, Control> said =
                controls.all().stream().collect(Collectors.toMap(Control::account, Function.identity()));
        Map<AccountId, Health> byAccount = health
                .of(all.stream().map(Account::id).toList())
                .stream()
                .collect(Collectors.toMap(Health::account, Function.identity()));
        return all.stream()
                .flatMap(account -> Optional.ofNullable(byAccount.get(account.id()))
                        .map(known -> row(
                                account, said.getOrDefault(account.id(), Control.free(account.id())), known, moments))
                        .stream())
                .toList();
    }

    private static SystemRow row(Account account, Control control, Health known, Moments moments) {
        return new SystemRow(
                account.id().value(),
                account.system().isAsked()
                        ? "/console/systems/" + account.id()
                        : "/console/cases?account=" + account.id(),
                Words.of(account.system()),
                state(account, control, known),
                held(control, moments),
                moments.of(known.lastSuccess()),
                moments.of(known.lastHeard()),
                known.queued(),
                known.failing(),
                known.throttled(),
                known.unknown(),
                known.refused(),
                known.waitingMessages(),
                known.deadLetters(),
                moments.of(known.completeUpTo()));
    }

    /** A pause hides a rate: nothing is asked at all. */
    private static Optional<Held> held(Control control, Moments moments) {
        return control.pause()
                .map(said -> new Held(Optional.empty(), moments.of(said.at())))
                .or(() -> control.limit()
                        .map(limit -> new Held(
                                Optional.of("at most " + number(limit.perSecond()) + "/s"),
                                moments.of(limit.said().at()))));
    }

    static String number(double perSecond) {
        return BigDecimal.valueOf(perSecond).stripTrailingZeros().toPlainString();
    }

    private static Badge state(Account account, Control control, Health known) {
        if (control.paused()) {
            return new Badge("Paused", Tone.WAITING);
        }
        if (!account.isLive()) {
            return new Badge(Words.of(account.mode()), Tone.QUIET);
        }
        if (known.throttled() > 0 && known.throttled() == known.failing() && known.unknown() == 0) {
            return new Badge("Throttles", Tone.WAITING);
        }
        if (known.unknown() > 0 || known.failing() > 0) {
            return new Badge("Failing", Tone.BAD);
        }
        return known.untroubled() ? new Badge("Well", Tone.GOOD) : new Badge("Refuses", Tone.WAITING);
    }
}
