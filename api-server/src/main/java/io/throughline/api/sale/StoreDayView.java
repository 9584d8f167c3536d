package io.throughline.api.sale;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.api.order.JournalView;
import io.throughline.domain.finance.Journal;
import io.throughline.domain.finance.JournalLine;
import io.throughline.domain.finance.Journals.Posting;
import io.throughline.domain.finance.LedgerAccount;
import io.throughline.domain.money.Money;
import io.throughline.domain.sale.StoreDayId;
import io.throughline.domain.sale.StoreDays;
import io.throughline.domain.sale.StoreDays.LateSale;
import io.throughline.domain.sale.StoreDays.StoreDay;
import io.throughline.domain.sale.StoreDays.Summary;
import io.throughline.domain.sale.StoreDays.Takings;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A store's day: what was sold by tender, what is posted, and what came late. */
@Schema(name = "StoreDay")
public record StoreDayView(
        String facility,
        LocalDate businessDate,

        @Schema(description = "The version of the policy by which it is kept")
        String policy,

        Instant closesAt,

        @Schema(description = "How many entries wait for the next summary")
        int waiting,

        @Schema(description = "When what waits is posted; absent when nothing waits")
        Optional<Instant> dueAt,

        @Schema(description = "What was sold on this date, in its latest versions, whatever day it is posted with")
        List<Tender> sold,

        @Schema(description = "What the ERP's books have of this day's summaries, by tender")
        List<PostedTender> posted,

        List<PostedSummary> summaries,
        List<Late> late) {

    static StoreDayView of(StoreDay day, List<Takings> sold, List<Posting> postings, List<LateSale> late) {
        return new StoreDayView(
                day.id().facility().value(),
                day.id().date(),
                day.policyVersion(),
                day.closesAt(),
                day.waiting(),
                day.dueAt(),
                sold.stream().map(Tender::of).toList(),
                PostedTender.of(postings),
                day.summaries().stream()
                        .map(summary -> PostedSummary.of(day, summary, postings))
                        .toList(),
                late.stream().map(Late::of).toList());
    }

    @Schema(name = "StoreDayTender")
    public record Tender(String kind, String currency, String amount, int sales) {
        static Tender of(Takings takings) {
            return new Tender(
                    takings.tender(),
                    takings.amount().currency().code(),
                    takings.amount().toDecimal().toPlainString(),
                    takings.sales());
        }
    }

    @Schema(name = "StoreDayPostedTender")
    public record PostedTender(String kind, String currency, String amount) {
        private static final String PAYMENT = "/payment/";

        static List<PostedTender> of(List<Posting> postings) {
            Map<String, Map<String, Money>> byCurrency = new TreeMap<>();
            postings.stream()
                    .filter(posting -> posting.documentNumber().isPresent())
                    .map(Posting::journal)
                    .filter(journal -> journal.kind() != Journal.Kind.INVOICE)
                    .forEach(journal -> byCurrency
                            .computeIfAbsent(journal.currency().code(), first -> new TreeMap<>())
                            .merge(kindOf(journal), taken(journal), Money::plus));
            return byCurrency.entrySet().stream()
                    .flatMap(currency -> currency.getValue().entrySet().stream()
                            .map(tender -> new PostedTender(
                                    tender.getKey(),
                                    currency.getKey(),
                                    tender.getValue().toDecimal().toPlainString())))
                    .toList();
        }

        private static String kindOf(Journal payment) {
            return payment.reference().substring(payment.reference().indexOf(PAYMENT) + PAYMENT.length());
        }

        private static Money taken(Journal payment) {
            return payment.lines().stream()
                    .filter(line -> line.account().role() != LedgerAccount.Role.RECEIVABLE)
                    .map(JournalLine::signed)
                    .reduce(Money.zero(payment.currency()), Money::plus);
        }
    }

    /** One summary; the first is that of the day, the others are supplements. */
    @Schema(name = "StoreDaySummary")
    public record PostedSummary(
            int number, int entries, Instant closedAt, Optional<Instant> settledAt, List<JournalView> journals) {
        static PostedSummary of(StoreDay day, Summary summary, List<Posting> postings) {
            return new PostedSummary(
                    summary.number(),
                    summary.entries(),
                    summary.closedAt(),
                    summary.settledAt(),
                    journals(day.id(), summary.number(), postings));
        }

        static List<JournalView> journals(StoreDayId day, int summary, List<Posting> postings) {
            String prefix = day + "/" + summary + "/";
            return postings.stream()
                    .filter(posting -> posting.journal().reference().startsWith(prefix))
                    .map(JournalView::of)
                    .toList();
        }
    }

    @Schema(name = "LateSale")
    public record Late(
            String saleId,
            long version,
            LocalDate soldOn,
            LocalDate postedWith,

            @Schema(description = "The number of the summary; absent while it waits for one")
            Optional<Integer> summary,

            Instant heardAt) {
        static Late of(StoreDays.LateSale late) {
            return new Late(
                    late.saleId(),
                    late.version(),
                    late.soldOn().date(),
                    late.postedWith().date(),
                    late.summary(),
                    late.heardAt());
        }
    }
}
