package io.throughline.connectors.tryton;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.finance.JournalLine;
import io.throughline.domain.finance.LedgerAccount;
import io.throughline.domain.finance.LedgerAccount.Role;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what is booked and names each account by the role that it plays for us. */
final class Books {
    private final RestApi rest;
    private final References references;
    private final MoveLines moveLines;
    private final LedgerMapping mapping;
    private final Map<String, Role> roles;
    private final Map<String, String> gatewayOfJournal = new HashMap<>();

    Books(RestApi rest, References references, MoveLines moveLines, LedgerMapping mapping) {
        this.rest = rest;
        this.references = references;
        this.moveLines = moveLines;
        this.mapping = mapping;
        roles = mapping.roles();
        mapping.paymentJournals().forEach((gateway, journal) -> gatewayOfJournal.put(journal, gateway));
    }

    List<JournalLine> read(Collection<String> documents) {
        List<MoveLines.MoveLine> lines = moveLines.posted(documents);
        String own = references.companyCurrency();
        CurrencyCode currency = CurrencyCode.of(lines.stream()
                .flatMap(line -> line.foreignCurrency().stream())
                .findFirst()
                .orElse(own));
        Map<String, String> gateways = gateways(documents);
        List<JournalLine> books = new ArrayList<>();
        for (MoveLines.MoveLine line : lines) {
            Optional<Money> amount = line.amount(currency, own);
            if (amount.isEmpty() && !mapping.exchangeAccounts().contains(line.account())) {
                throw unknown(line.account());
            }
            amount.filter(some -> !some.isZero())
                    .map(some -> JournalLine.signed(account(line, gateways), some))
                    .ifPresent(books::add);
        }
        return books;
    }

    private LedgerAccount account(MoveLines.MoveLine line, Map<String, String> gateways) {
        Role role = roles.get(line.account());
        if (role == Role.TAX) {
            return LedgerAccount.tax(line.description());
        }
        if (role != null) {
            return LedgerAccount.of(role);
        }
        String known = gateways.getOrDefault(line.origin(), "");
        LedgerAccount clearing =
                LedgerAccount.clearing(known.equals(LedgerMapping.OTHERWISE) ? line.moveDescription() : known);
        if (known.isEmpty() || !mapping.account(clearing).equals(line.account())) {
            throw unknown(line.account());
        }
        return clearing;
    }

    /** Which gateway each payment came through by its journal, under the payment's name in the origin of its move. */
    private Map<String, String> gateways(Collection<String> documents) {
        Map<String, String> gateways = new HashMap<>();
        if (documents.isEmpty()) {
            return gateways;
        }
        rest.search(
                        "account.payment",
                        Filter.all(Filter.oneOf("reference", documents), Filter.is("company", references.company())),
                        "journal.name")
                .forEach(row -> {
                    String journal = Values.text(row.path("journal."), "name");
                    String name = journal.substring(0, Math.max(0, journal.lastIndexOf(' ')));
                    gateways.put("account.payment," + Values.id(row), gatewayOfJournal.getOrDefault(name, ""));
                });
        return gateways;
    }

    private static SystemFailure unknown(String account) {
        return SystemFailure.withoutEffect(
                FailureCode.INTERNAL_ERROR, "the Tryton account " + account + " has no role in the mapping", null);
    }
}
