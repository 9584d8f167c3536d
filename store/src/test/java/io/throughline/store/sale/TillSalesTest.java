package io.throughline.store.sale;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.event.EventType;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.order.Reading;
import io.throughline.domain.sale.LateSales;
import io.throughline.domain.sale.SampleSales;
import io.throughline.domain.sale.SampleTillSales;
import io.throughline.domain.sale.StoreSales;
import io.throughline.domain.sale.StoreSales.Verdict;
import io.throughline.domain.sale.TillSaleId;
import io.throughline.domain.sale.TillSales;
import io.throughline.store.PostgresExtension;
import io.throughline.store.inventory.LedgerChecks;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sales by the names of the tills' own system: booked once however often they are read, corrected by what says something else. */
class TillSalesTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final AtomicInteger RUNS = new AtomicInteger();
    private static final Instant VERSION = SampleSales.NOON.plusSeconds(2);
    private static final Instant READ_AT = SampleSales.NOON.plusSeconds(3);

    private final TillSales tills = POSTGRES.database()
            .stock(SampleStockRules.plain())
            .tillSales(new SampleFacilities(), SampleSales.policies(LateSales.SUPPLEMENT));
    private final StoreSales sales = POSTGRES.database()
            .stock(SampleStockRules.plain())
            .storeSales(new SampleFacilities(), SampleSales.policies(LateSales.SUPPLEMENT));
    private final int run = RUNS.incrementAndGet();
    private final String name = "TILL-" + run;
    private final Sku mug = Sku.of("TILL-MUG-" + run);
    private final TillSaleId id = SampleTillSales.id(name);

    @AfterAll
    static void everySumHolds() {
        LedgerChecks.holdsIn(POSTGRES.tables());
    }

    @Test
    void aSaleIsKnownWithItsStockItsDayAndItsNames() {
        assertThat(book(VERSION, READ_AT, 2)).isEqualTo(Verdict.ACCEPTED);

        assertThat(onHandLessShort()).isEqualTo(-2);
        assertThat(tills.find(id))
                .contains(new TillSales.Known(new Reading(VERSION, READ_AT), Optional.of(SampleSales.STORE)));
        StoreSales.Standing stands = sales.find(SampleSales.STORE, name).orElseThrow();
        assertThat(stands.soldOn()).isEqualTo(SampleSales.DAY);
        assertThat(stands.entries())
                .containsExactly(
                        new StoreSales.Share(VERSION.toEpochMilli(), false, SampleSales.DAY, Optional.empty()));
        for (String other : new String[] {name, "payment-of-" + name, "work/" + id.key()}) {
            assertThat(POSTGRES.database().trace().lookup(other)).as(other).contains(id.value());
        }
        assertThat(POSTGRES.database().trace().of(id.value())).singleElement().satisfies(entry -> {
            assertThat(entry.kind()).isEqualTo("sale.recorded");
            assertThat(EventType.of(id.value(), entry.kind(), entry.detail())).containsExactly(EventType.SALE_RECORDED);
            assertThat(EventType.SALE_RECORDED.data(id.value(), entry.detail()))
                    .containsOnlyKeys(
                            "subject", "sale", "facility", "version", "soldAt", "amount", "currency", "postedWith")
                    .containsEntry("sale", name)
                    .containsEntry("postedWith", SampleSales.DAY.value());
        });
    }

    @Test
    void aLaterVersionIsToldAsACorrection() {
        book(VERSION, READ_AT, 2);
        book(VERSION.plusSeconds(60), READ_AT.plusSeconds(60), 1);

        assertThat(POSTGRES.database().trace().of(id.value()).stream()
                        .flatMap(entry -> EventType.of(id.value(), entry.kind(), entry.detail()).stream()))
                .containsExactly(EventType.SALE_RECORDED, EventType.SALE_CORRECTED);
    }

    @Test
    void whatIsReadAgainAndSaysTheSameChangesNothing() {
        book(VERSION, READ_AT, 2);

        assertThat(book(VERSION.plusSeconds(60), READ_AT.plusSeconds(60), 2)).isEqualTo(Verdict.KNOWN);

        assertThat(onHandLessShort()).isEqualTo(-2);
        assertThat(tills.find(id).orElseThrow().reading().version()).isEqualTo(VERSION.plusSeconds(60));
        assertThat(sales.find(SampleSales.STORE, name).orElseThrow().entries()).hasSize(1);
    }

    @Test
    void whatSaysSomethingElseCorrects() {
        book(VERSION, READ_AT, 2);

        assertThat(book(VERSION.plusSeconds(60), READ_AT.plusSeconds(60), 3)).isEqualTo(Verdict.CORRECTED);

        assertThat(onHandLessShort()).isEqualTo(-3);
        assertThat(sales.find(SampleSales.STORE, name).orElseThrow().entries())
                .extracting(StoreSales.Share::takenBack)
                .containsExactly(false, true, false);
    }

    @Test
    void anEarlierReadingThatComesLateIsNoCorrection() {
        book(VERSION.plusSeconds(60), READ_AT.plusSeconds(60), 3);

        assertThat(book(VERSION, READ_AT, 2)).isEqualTo(Verdict.SUPERSEDED);

        assertThat(onHandLessShort()).isEqualTo(-3);
    }

    @Test
    void whatComesBackIsOnTheShelfAgain() {
        assertThat(book(VERSION, READ_AT, -2)).isEqualTo(Verdict.ACCEPTED);

        assertThat(onHandLessShort()).isEqualTo(2);
    }

    @Test
    void whatIsSetAsideMovesNothingUntilItIsBooked() {
        tills.setAside(id, new Reading(VERSION, READ_AT));
        assertThat(tills.find(id).orElseThrow().bookedAt()).isEmpty();
        assertThat(tills.find(id).orElseThrow().isOf(VERSION)).isTrue();
        assertThat(onHandLessShort()).isZero();

        book(VERSION, READ_AT.plusSeconds(1), 2);
        assertThat(onHandLessShort()).isEqualTo(-2);
        assertThat(tills.find(id).orElseThrow().bookedAt()).contains(SampleSales.STORE);
    }

    private Verdict book(Instant version, Instant readAt, int units) {
        return tills.book(SampleTillSales.mugs(name, version, mug, units), readAt)
                .verdict();
    }

    private int onHandLessShort() {
        return POSTGRES.inventory().balances(List.of(mug)).stream()
                .filter(balance -> balance.facility().equals(SampleSales.STORE))
                .mapToInt(balance -> balance.onHand() - balance.shortfall())
                .findFirst()
                .orElse(0);
    }
}
