package io.throughline.domain.finance;

import io.throughline.domain.order.OrderId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The expected journals in memory. */
public final class TestingJournals implements Journals {
    private final Map<String, Posting> postings = new LinkedHashMap<>();
    private final Map<String, ExpectedInvoice> invoices = new LinkedHashMap<>();

    @Override
    public synchronized void expect(Journal journal) {
        Posting known = postings.putIfAbsent(
                journal.reference(), new Posting(journal, PostingStatus.PENDING, Optional.empty()));
        if (known != null && !known.journal().equals(journal)) {
            throw new IllegalStateException(journal.reference() + " was expected otherwise before");
        }
    }

    @Override
    public synchronized Optional<ExpectedInvoice> expectInvoice(
            OrderId order, String reference, Function<List<String>, Optional<Journal>> make) {
        if (!invoices.containsKey(reference)) {
            List<String> before = invoices.keySet().stream()
                    .filter(one -> one.startsWith(order.value() + "-"))
                    .toList();
            make.apply(before).ifPresent(journal -> {
                expect(journal);
                invoices.put(reference, new ExpectedInvoice(journal, before));
            });
        }
        return Optional.ofNullable(invoices.get(reference));
    }

    @Override
    public synchronized void posted(String reference, String documentNumber) {
        postings.computeIfPresent(
                reference,
                (key, posting) -> posting.status() == PostingStatus.CONFIRMED
                        ? posting
                        : new Posting(posting.journal(), PostingStatus.POSTED, Optional.of(documentNumber)));
    }

    @Override
    public synchronized void confirmed(PostingSubject subject) {
        postings.replaceAll((key, posting) -> posting.journal().subject().equals(subject)
                ? new Posting(posting.journal(), PostingStatus.CONFIRMED, posting.documentNumber())
                : posting);
    }

    @Override
    public synchronized void reversed(OrderId order) {
        postings.replaceAll(
                (key, posting) -> posting.journal().subject().equals(order) && posting.status() == PostingStatus.POSTED
                        ? new Posting(
                                posting.journal(),
                                posting.journal().kind() == Journal.Kind.PAYMENT
                                        ? PostingStatus.REVERSED
                                        : PostingStatus.CONFIRMED,
                                posting.documentNumber())
                        : posting);
    }

    @Override
    public synchronized List<Posting> of(PostingSubject subject) {
        return postings.values().stream()
                .filter(posting -> posting.journal().subject().equals(subject))
                .toList();
    }
}
