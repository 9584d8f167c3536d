package io.throughline.store.intervention;

import io.throughline.domain.finance.SalesInvoice;
import io.throughline.domain.intervention.Amendable;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseFiles.Exchange;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.RefusedDocument;
import io.throughline.domain.intervention.RefusedDocument.TaxPlace;
import io.throughline.store.internal.CaseRows;
import io.throughline.store.order.VersionRows;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What refused documents say of what can be amended: their journals have the day, and the calls that were refused the products. */
final class RefusedDocuments {
    private RefusedDocuments() {}

    /** {@code refused} gives the call that was refused, and is asked only where something of it can be amended. */
    static RefusedDocument read(Handle handle, Case about, Supplier<Optional<Exchange>> refused) {
        return new RefusedDocument(
                can(about, Amendable.POSTING_DATE) ? day(handle, about) : Optional.empty(),
                can(about, Amendable.STAND_INS)
                        ? products(handle, about, refused.get())
                        : can(about, Amendable.PRODUCT_NAMES) ? unknown(handle, about) : List.of(),
                can(about, Amendable.SHIP_TO_COUNTRY) ? taxedFor(handle, about) : Optional.empty());
    }

    /** What the catalogue did not know of the order when its case was opened. */
    private static List<String> unknown(Handle handle, Case about) {
        return handle.createQuery("select sku from awaited_product where subject = :subject order by sku")
                .bind("subject", about.subject())
                .mapTo(String.class)
                .list();
    }

    private static Optional<TaxPlace> taxedFor(Handle handle, Case about) {
        return AmendedFacts.order(about)
                .flatMap(order -> VersionRows.newest(handle, order))
                .flatMap(order -> order.destination()
                        .map(place -> new TaxPlace(
                                Optional.of(place.country()),
                                place.province(),
                                !order.tax().isZero() || !order.duties().isZero())));
    }

    /** The decision, beside what the document says of what it amends; also what was amended under a code that the case had before. */
    static Decision compare(Handle handle, Case about, Decision decision) {
        return decision.amendment().containsKey(Amendable.POSTING_DATE.key())
                ? decision.about(new RefusedDocument(day(handle, about), List.of()))
                : decision;
    }

    private static boolean can(Case about, Amendable value) {
        return about.code().amendable().contains(value);
    }

    /**
     * Journals are stored before the ERP hears of them, and have its number once it has taken them. Of those that it has not, it is that of the
     * work that the step names, else the oldest.
     */
    static Optional<LocalDate> day(Handle handle, Case about) {
        return handle.createQuery("""
                        select business_date from journal
                        where (order_id = :subject or store_day = :subject or return_id = :subject)
                            and document_number is null
                        order by starts_with(reference, :work || '/') desc, business_date, number limit 1
                        """)
                .bind("subject", about.subject())
                .bind("work", about.step().substring(about.step().lastIndexOf(' ') + 1))
                .mapTo(LocalDate.class)
                .findOne()
                .or(() -> handle.createQuery(
                                "select business_date from stock_adjustment_document where reference = :subject")
                        .bind("subject", about.subject())
                        .mapTo(LocalDate.class)
                        .findOne());
    }

    /** By their own names, also where another stood for them in what was refused last. */
    private static List<String> products(Handle handle, Case about, Optional<Exchange> refused) {
        Map<String, String> standIns = standIns(handle, about);
        return refused.flatMap(Exchange::request).map(SalesInvoice::productsAsked).orElseGet(List::of).stream()
                .flatMap(product -> standIns.containsValue(product)
                        ? standIns.keySet().stream().filter(own -> product.equals(standIns.get(own)))
                        : Stream.of(product))
                .distinct()
                .toList();
    }

    private static Map<String, String> standIns(Handle handle, Case about) {
        Map<String, String> standIns = new TreeMap<>();
        CaseRows.ofSubject(handle, about.subject())
                .forEach(one -> one.decision().map(Decision::standIns).ifPresent(standIns::putAll));
        return standIns;
    }
}
