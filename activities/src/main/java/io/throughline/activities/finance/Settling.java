package io.throughline.activities.finance;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.OutsideWorld;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.Journal;
import io.throughline.domain.finance.LedgerAccount;
import io.throughline.domain.finance.PostingSubject;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.money.Money;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sets a subject's documents against each other in the ERP, and asks whether its books are what our journals say. */
final class Settling {
    private final Effects effects;
    private final OutsideWorld world;

    Settling(Effects effects, OutsideWorld world) {
        this.effects = effects;
        this.world = world;
    }

    /** The journals are of one currency. */
    Reply settle(
            AccountId company,
            PostingSubject subject,
            String operation,
            String purpose,
            List<Journal> journals,
            Optional<Decision> decision) {
        if (journals.isEmpty()) {
            return Reply.done("nothing is to be booked");
        }
        List<String> references = journals.stream().map(Journal::reference).toList();
        // Nothing is looked for before: what is settled already is passed over there.
        Reply settled = effects.carryOut(
                Effects.Intent.of(company, subject.value(), operation, purpose)
                        .asking("settle " + references)
                        .foundBy(Optional::empty)
                        .doneBy(key -> world.erp().settle(company, subject, references)),
                decision);
        if (settled instanceof Reply.Refused) {
            return settled;
        }
        if (!isLive(company)) {
            return Reply.done("nothing was sent that the books could be compared with");
        }
        return compare(
                Journal.net(journals.stream()
                        .flatMap(journal -> journal.lines().stream())
                        .toList()),
                Journal.net(world.erp().books(company, subject, references)));
    }

    boolean isLive(AccountId company) {
        return world.accounts().get(company).isLive();
    }

    /** The books are right when every account's net movement is what our journals say, to the minor unit. */
    private static Reply compare(Map<LedgerAccount, Money> expected, Map<LedgerAccount, Money> booked) {
        if (expected.equals(booked)) {
            return Reply.done("the books are equal");
        }
        String differences = Stream.concat(expected.keySet().stream(), booked.keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .filter(account -> !amount(expected, account).equals(amount(booked, account)))
                .map(account ->
                        account + " expected " + amount(expected, account) + " booked " + amount(booked, account))
                .collect(Collectors.joining("; "));
        return Reply.refused(FailureCode.ERP_BOOKS_DIFFER, differences);
    }

    private static String amount(Map<LedgerAccount, Money> net, LedgerAccount account) {
        return Optional.ofNullable(net.get(account)).map(Money::toString).orElse("nothing");
    }
}
