package io.throughline.api.console.systems;

import io.throughline.api.console.Moments;
import io.throughline.api.console.systems.PaceRow.Points;
import io.throughline.domain.account.Account;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.account.CallBudget;
import io.throughline.domain.account.SystemControls;
import io.throughline.domain.account.SystemControls.Control;
import io.throughline.domain.account.SystemControls.Limit;
import io.throughline.domain.account.SystemPaces;
import io.throughline.domain.account.SystemPaces.Pace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells how often systems may be asked, and by whose word. */
public final class PaceRows {
    private final SystemPaces paces;
    private final SystemControls controls;
    private final Accounts accounts;

    public PaceRows(SystemPaces paces, SystemControls controls, Accounts accounts) {
        this.paces = paces;
        this.controls = controls;
        this.accounts = accounts;
    }

    List<PaceRow> read(Moments moments) {
        return read(
                accounts.all().stream()
                        .filter(account -> account.system().isAsked())
                        .toList(),
                moments);
    }

    PaceRow read(AccountId account, Moments moments) {
        return read(List.of(accounts.get(account)), moments).getFirst();
    }

    private List<PaceRow> read(List<Account> asked, Moments moments) {
        Map<AccountId, Control> said =
                controls.all().stream().collect(Collectors.toMap(Control::account, Function.identity()));
        Map<AccountId, Pace> told = paces.all().stream().collect(Collectors.toMap(Pace::account, Function.identity()));
        return asked.stream()
                .map(account -> row(
                        account.id(),
                        said.getOrDefault(account.id(), Control.free(account.id())),
                        Optional.ofNullable(told.get(account.id())),
                        moments))
                .toList();
    }

    private static PaceRow row(AccountId account, Control control, Optional<Pace> told, Moments moments) {
        Optional<Double> queue = told.flatMap(Pace::perSecond);
        Optional<Double> person = control.limit().map(Limit::perSecond);
        return new PaceRow(
                account.value(),
                "/console/systems/" + account,
                told.isEmpty() ? "–" : queue.map(PaceRows::words).orElse("no limit"),
                person.map(PaceRows::words).orElse("no limit"),
                control.paused() ? "Paused" : inForce(queue, person),
                told.flatMap(Pace::budget).map(budget -> points(budget, moments)));
    }

    /** Both hold, so it is the lower one that is felt. */
    private static String inForce(Optional<Double> queue, Optional<Double> person) {
        boolean byPerson = person.filter(
                        limit -> queue.filter(rate -> rate < limit).isEmpty())
                .isPresent();
        if (byPerson) {
            return "as a person has set it";
        }
        return queue.isPresent() ? "as its queue has it" : "as often as there is need";
    }

    private static String words(double perSecond) {
        return SystemRows.number(perSecond) + "/s";
    }

    private static Points points(CallBudget budget, Moments moments) {
        return new Points(
                "%s of %s, %s a second come back"
                        .formatted(
                                SystemRows.number(budget.left()),
                                SystemRows.number(budget.most()),
                                SystemRows.number(budget.aSecond())),
                moments.of(budget.asOf()));
    }
}
