package io.throughline.api.order;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.finance.Journals.Posting;
import io.throughline.domain.money.Money;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** One expected journal of an order or a store's day, and how far it has come in the ERP's books. Debits equal credits. */
@Schema(name = "Journal")
public record JournalView(
        String reference,
        String kind,
        LocalDate businessDate,
        String currency,
        String status,
        Optional<String> documentNumber,
        List<Line> lines) {

    public static JournalView of(Posting posting) {
        return new JournalView(
                posting.journal().reference(),
                posting.journal().kind().name(),
                posting.journal().businessDate(),
                posting.journal().currency().code(),
                posting.status().name(),
                posting.documentNumber(),
                posting.journal().lines().stream()
                        .map(line -> new Line(line.account().toString(), text(line.debit()), text(line.credit())))
                        .toList());
    }

    private static String text(Money money) {
        return money.toDecimal().toPlainString();
    }

    @Schema(name = "JournalLine")
    public record Line(String account, String debit, String credit) {}

    /** The journals of one order, in the order of their storing. */
    public record JournalList(String orderId, List<JournalView> journals) {}
}
