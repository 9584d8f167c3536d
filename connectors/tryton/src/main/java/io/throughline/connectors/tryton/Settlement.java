package io.throughline.connectors.tryton;

import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.finance.PostingSubject;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Sets payments against invoices, so that these end as paid. Tryton reconciles what comes to nothing: all open lines of the subject where
 * they do, else pairs of the same amount; the rest stays open until more is booked.
 */
final class Settlement {
    private final RpcApi rpc;
    private final RestApi rest;
    private final References references;
    private final MoveLines moveLines;
    private final String receivable;

    Settlement(RestApi rest, RpcApi rpc, References references, MoveLines moveLines, String receivable) {
        this.rest = rest;
        this.rpc = rpc;
        this.references = references;
        this.moveLines = moveLines;
        this.receivable = receivable;
    }

    record Request(PostingSubject subject, List<String> documents) {
        Request {
            documents = List.copyOf(documents);
        }
    }

    private record Open(long line, Money amount) {}

    Map<Request, Reply> settle(List<Request> requests) {
        Map<Request, Reply> replies = new LinkedHashMap<>();
        for (Request request : requests) {
            Batch<Request> one = new Batch<>(List.of(request));
            one.together(List.of(request), same -> one.done(request, settle(request)));
            replies.putAll(one.answers());
        }
        return replies;
    }

    private Receipt settle(Request request) {
        List<Open> open = open(request);
        List<List<Open>> groups = comesToNothing(open) ? List.of(open) : pairs(open);
        int left = open.size();
        boolean foreign = false;
        for (List<Open> group : groups) {
            List<Long> lines = group.stream().map(Open::line).toList();
            if (!lines.isEmpty()
                    && rpc.runWizard(
                            "account.move.reconcile_lines", "account.move.line", lines, references.context())) {
                left -= lines.size();
                foreign |= !group.getFirst().amount().currency().code().equals(references.companyCurrency());
            }
        }
        if (foreign) {
            postExchangeMoves();
        }
        return new Receipt(request.subject().value(), Map.of("openLines", Integer.toString(left)));
    }

    private List<Open> open(Request request) {
        String own = references.companyCurrency();
        List<MoveLines.MoveLine> lines = moveLines.posted(
                request.documents(), Filter.where("account.code", "=", receivable), Filter.isUnset("reconciliation"));
        List<Open> open = new ArrayList<>();
        for (MoveLines.MoveLine line : lines) {
            CurrencyCode currency = CurrencyCode.of(line.foreignCurrency().orElse(own));
            open.add(new Open(line.id(), line.amount(currency, own).orElseThrow()));
        }
        return open;
    }

    private static boolean comesToNothing(List<Open> open) {
        if (open.isEmpty()) {
            return false;
        }
        CurrencyCode currency = open.getFirst().amount().currency();
        return open.stream().allMatch(one -> one.amount().currency().equals(currency))
                && Money.sum(currency, open.stream().map(Open::amount).toList()).isZero();
    }

    private static List<List<Open>> pairs(List<Open> open) {
        List<List<Open>> pairs = new ArrayList<>();
        List<Open> left = new ArrayList<>(open);
        for (Open invoice : open) {
            if (!invoice.amount().isPositive()) {
                continue;
            }
            left.stream()
                    .filter(other -> other.amount().equals(invoice.amount().negated()))
                    .findFirst()
                    .ifPresent(payment -> {
                        left.remove(payment);
                        pairs.add(List.of(invoice, payment));
                    });
        }
        return pairs;
    }

    /** Reconciling foreign amounts may leave a conversion difference as a draft move. */
    private void postExchangeMoves() {
        List<Long> drafts = rest
                .search(
                        "account.move",
                        Filter.all(
                                Filter.where("journal.code", "=", "EXC"),
                                Filter.where("state", "=", "draft"),
                                Filter.is("company", references.company())),
                        "state")
                .stream()
                .map(Values::id)
                .filter(Objects::nonNull)
                .toList();
        rpc.press("account.move", "post", drafts, references.context());
    }
}
