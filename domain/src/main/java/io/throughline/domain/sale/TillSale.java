package io.throughline.domain.sale;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A sale as its till's own system tells it, right or wrong: {@link TillSaleCheck} says which, and what is right becomes a
 * {@link StoreSale}. {@code version} is that system's time of last change, {@code location} its name of the place, {@code total} what it
 * says the sale comes to, {@code payments} are its names of the money, and {@code returnsOf} those of the sales whose goods came back with it.
 */
public record TillSale(
        TillSaleId id,
        Instant version,
        String location,
        Optional<FacilityId> store,
        Instant soldAt,
        CurrencyCode currency,
        boolean taxesIncluded,
        List<StoreSale.Line> lines,
        List<StoreSale.Charge> charges,
        List<StoreSale.Tender> tenders,
        Money total,
        List<String> payments,
        List<String> returnsOf) {
    public TillSale {
        lines = List.copyOf(lines);
        charges = List.copyOf(charges);
        tenders = List.copyOf(tenders);
        payments = List.copyOf(payments);
        returnsOf = List.copyOf(returnsOf);
    }

    /** Of which nothing came back of an earlier sale. */
    public TillSale(
            TillSaleId id,
            Instant version,
            String location,
            Optional<FacilityId> store,
            Instant soldAt,
            CurrencyCode currency,
            boolean taxesIncluded,
            List<StoreSale.Line> lines,
            List<StoreSale.Charge> charges,
            List<StoreSale.Tender> tenders,
            Money total,
            List<String> payments) {
        this(
                id,
                version,
                location,
                store,
                soldAt,
                currency,
                taxesIncluded,
                lines,
                charges,
                tenders,
                total,
                payments,
                List.of());
    }

    Money sumOfParts() {
        return StoreSale.total(currency, taxesIncluded, lines, charges);
    }

    Money tendered() {
        return Money.sum(
                currency, tenders.stream().map(StoreSale.Tender::amount).toList());
    }

    /** The same in our terms, under that system's own id; of one that is wrong there is none. */
    public StoreSale toStoreSale() {
        return new StoreSale(
                store.orElseThrow(),
                id.key().externalId(),
                Math.max(1, version.toEpochMilli()),
                location,
                soldAt,
                currency,
                taxesIncluded,
                lines,
                charges,
                tenders);
    }
}
