package io.throughline.worker.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.SettableClock;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.TestingCases;
import io.throughline.domain.sale.RefusedSale;
import io.throughline.domain.sale.RefusedSaleId;
import io.throughline.domain.sale.SampleSales;
import io.throughline.domain.sale.StoreSale;
import io.throughline.domain.sale.TestingStoreSales;
import io.throughline.worker.inbox.RefusedSaleCases.Sold;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefusedSaleCasesTest {
    private static final Sku LAMP = Sku.of("NW-LAMP");

    private final SettableClock clock = new SettableClock(SampleSales.NOON.plusSeconds(60));
    private final TestingStoreSales sales = new TestingStoreSales();
    private final TestingCases cases = new TestingCases(clock);
    private final Map<Sku, Sold> products = new HashMap<>();
    private final RefusedSaleCases desk =
            new RefusedSaleCases(sales, cases, sku -> Optional.ofNullable(products.get(sku)), clock);

    @Test
    void aSaleOfAProductThatIsKnownByNowIsBookedAsTheCatalogueCallsIt() {
        Case open = refused(Optional.of(SampleSales.mug("R1-1", LAMP, SampleSales.NOON)));
        assertThat(decide(open, Action.RETRY).status()).as("not yet").isEqualTo(CaseStatus.OPEN);
        assertThat(cases.find(open.id()).orElseThrow().detail()).contains("NW-LAMP is not in the catalogue");

        products.put(LAMP, new Sold("Lamp", false));
        decide(open, Action.RETRY);

        assertThat(sales.booked())
                .flatExtracting(StoreSale::lines)
                .extracting(StoreSale.Line::title)
                .containsExactly("Lamp");
    }

    /** Nobody has decided anything. */
    @Test
    void whoseProductHasComeIsBookedByItself() {
        Case open = refused(Optional.of(SampleSales.mug("R1-1", LAMP, SampleSales.NOON)));
        assertThat(desk.handle(woken())).isPresent();
        assertThat(cases.find(open.id()).orElseThrow()).as("as it was").isEqualTo(open);

        products.put(LAMP, new Sold("Lamp", false));
        assertThat(desk.handle(woken())).isPresent();

        assertThat(sales.booked())
                .singleElement()
                .satisfies(sale -> assertThat(sale.lines().getFirst().title()).isEqualTo("Lamp"));
    }

    private static List<InboxMessage> woken() {
        return List.of(new InboxMessage(
                1, SampleAccounts.POS, "throughline/attention", "products/x", id().value(), "{}", SampleSales.NOON, 0));
    }

    @Test
    void aSaleWhoseHourHasNotComeWaitsForIt() {
        products.put(LAMP, new Sold("Lamp", false));
        Case open = refused(Optional.of(SampleSales.mug("R1-1", LAMP, SampleSales.NOON.plus(Duration.ofHours(1)))));

        assertThat(decide(open, Action.RETRY).status()).isEqualTo(CaseStatus.OPEN);
        clock.advance(Duration.ofHours(1));
        decide(open, Action.RETRY);

        assertThat(sales.booked()).hasSize(1);
    }

    @Test
    void whatIsWrongInItselfMustBeHandedInMended() {
        Case open = refused(Optional.empty());

        assertThat(decide(open, Action.RETRY).detail()).contains("hand it in mended");
        assertThat(sales.booked()).isEmpty();
    }

    @Test
    void anotherSaleUnderItsIdIsTold() {
        products.put(LAMP, new Sold("Lamp", false));
        StoreSale sale = SampleSales.mug("R1-1", LAMP, SampleSales.NOON);
        sales.take(SampleSales.mugs("R1-1", 1, LAMP, 4, SampleSales.NOON));
        Case open = refused(Optional.of(sale));

        assertThat(decide(open, Action.RETRY).detail()).contains("with a version above 1");
    }

    @Test
    void whatIsAcceptedIsLeftOut() {
        Case open = refused(Optional.empty());

        decide(open, Action.ACCEPT_DIFFERENCE);

        assertThat(sales.leftOut()).containsExactly(id());
    }

    @Test
    void casesOfOtherSubjectsAreNotItsMatter() {
        Case other = cases.open(
                SampleAccounts.SHOP, "till-sale/square/S1", "till.book", FailureCode.SALE_NOT_BOOKED, "no line");

        assertThat(desk.resolve(other)).isFalse();
    }

    private static RefusedSaleId id() {
        return new RefusedSaleId(SampleSales.STORE, "R1-1");
    }

    private Case refused(Optional<StoreSale> sale) {
        sales.refuse(new RefusedSale(id(), 1, "{}", sale, "/tenders come to 39.00 USD"));
        return cases.open(
                SampleAccounts.SHOP,
                id().value(),
                "sale.book",
                FailureCode.SALE_NOT_BOOKED,
                "/tenders come to 39.00 USD");
    }

    private Case decide(Case open, Action action) {
        cases.decide(open.id(), action);
        assertThat(desk.resolve(cases.find(open.id()).orElseThrow())).isTrue();
        return cases.find(open.id()).orElseThrow();
    }
}
