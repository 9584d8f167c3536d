package io.throughline.api.console;

import io.throughline.domain.finance.Journal;
import io.throughline.domain.finance.JournalLine;
import io.throughline.domain.finance.Journals.Posting;
import io.throughline.domain.money.Money;
import java.util.List;
import java.util.function.Function;

/** A journal as a table whose two sums are equal. */
public record JournalTable(
        String reference,
        String kind,
        String date,
        String currency,
        Badge status,
        String document,
        List<Line> lines,
        String debits,
        String credits) {
    /** An amount of nothing is an empty text. */
    public record Line(String account, String debit, String credit) {}

    public static JournalTable of(Posting posting) {
        Journal journal = posting.journal();
        return new JournalTable(
                journal.reference(),
                Words.of(journal.kind()),
                journal.businessDate().toString(),
                journal.currency().code(),
                Badge.of(posting.status()),
                posting.documentNumber().orElse(""),
                journal.lines().stream()
                        .map(line -> new Line(line.account().toString(), text(line.debit()), text(line.credit())))
                        .toList(),
                sum(journal, JournalLine::debit),
                sum(journal, JournalLine::credit));
    }

    private static String sum(Journal journal, Function<JournalLine, Money> side) {
        return Money.sum(journal.currency(), journal.lines().stream().map(side).toList())
                .toDecimal()
                .toPlainString();
    }

    private static String text(Money money) {
        return money.isZero() ? "" : money.toDecimal().toPlainString();
    }
}
