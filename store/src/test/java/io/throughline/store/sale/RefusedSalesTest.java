package io.throughline.store.sale;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.order.AwaitedProducts;
import io.throughline.domain.sale.LateSales;
import io.throughline.domain.sale.RefusedSale;
import io.throughline.domain.sale.RefusedSaleId;
import io.throughline.domain.sale.SampleSales;
import io.throughline.domain.sale.StoreSale;
import io.throughline.domain.sale.StoreSales;
import io.throughline.domain.sale.StoreSales.Refusal;
import io.throughline.domain.sale.StoreSales.Verdict;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.PostgresExtension;
import io.throughline.store.Together;
import io.throughline.store.inventory.LedgerChecks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A sale that happened is never lost for being told wrongly: it is kept, a case stands for it, and the mended sale closes that. */
class RefusedSalesTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final AtomicInteger RUNS = new AtomicInteger();
    private static final Sku MUG = Sku.of("NW-MUG-RED");

    private final StoreSales sales = POSTGRES.database()
            .stock(SampleStockRules.plain())
            .storeSales(new SampleFacilities(), SampleSales.policies(LateSales.SUPPLEMENT));
    private final String name = "R1-" + RUNS.incrementAndGet();
    private final RefusedSaleId id = new RefusedSaleId(SampleSales.STORE, name);

    @AfterAll
    static void everySumHolds() {
        LedgerChecks.holdsIn(POSTGRES.tables());
    }

    @Test
    void whatIsRefusedIsKeptWithOneCaseHoweverOftenItIsTold() {
        Refusal first = sales.refuse(refused(1, "half a mug"));
        Refusal again = sales.refuse(refused(1, "half a mug"));

        assertThat(again).isEqualTo(first).isInstanceOf(Refusal.Kept.class);
        assertThat(openCase().code()).isEqualTo(FailureCode.SALE_NOT_BOOKED);
        assertThat(openCase().account())
                .isEqualTo(new SampleFacilities().get(SampleSales.STORE).workAccount());
        assertThat(sales.refused(id)).map(RefusedSale::told).contains("half a mug");
        assertThat(POSTGRES.database().trace().of(id.value()))
                .extracting(TraceEntry::kind)
                .containsExactly("sale.refused", "case.opened");
        assertThat(POSTGRES.database().trace().lookup(name)).contains(id.value());
    }

    @Test
    void theMendedSaleOfTheSameIdClosesItsCase() {
        sales.refuse(refused(1, "half a mug"));

        assertThat(sales.take(mugs(1, 1)).verdict()).isEqualTo(Verdict.ACCEPTED);

        assertThat(onlyCase().status()).isEqualTo(CaseStatus.CLOSED);
        assertThat(sales.refused(id)).isEmpty();
        assertThat(sales.refuse(refused(1, "half a mug")))
                .as("the old batch comes again")
                .isInstanceOf(Refusal.Settled.class);
        assertThat(onlyCase().status()).isEqualTo(CaseStatus.CLOSED);
    }

    @Test
    void aLaterVersionClosesAnEarlierRefusalWhicheverComesFirst() {
        sales.take(mugs(3, 2));
        assertThat(sales.refuse(refused(2, "half a mug"))).isInstanceOf(Refusal.Superseded.class);
        assertThat(cases()).isEmpty();
    }

    @Test
    void whatIsBookedAgainDoesNotSettleACorrectionThatWasRefused() {
        sales.take(mugs(1, 1));
        sales.refuse(refused(2, "a mug and a half"));

        assertThat(sales.take(mugs(1, 1)).verdict()).isEqualTo(Verdict.KNOWN);
        assertThat(openCase().status()).isEqualTo(CaseStatus.OPEN);

        assertThat(sales.take(mugs(2, 2)).verdict()).isEqualTo(Verdict.CORRECTED);
        assertThat(onlyCase().status()).isEqualTo(CaseStatus.CLOSED);
    }

    @Test
    void whatIsLeftOutStaysSoUntilALaterVersionComes() {
        sales.refuse(refused(1, "half a mug"));
        sales.leaveOut(id, POSTGRES.clock().instant());

        assertThat(onlyCase().status()).isEqualTo(CaseStatus.CLOSED);
        assertThat(sales.refuse(refused(1, "half of the mug"))).isInstanceOf(Refusal.Settled.class);
        assertThat(sales.take(mugs(1, 1)).verdict()).isEqualTo(Verdict.LEFT_OUT);
        assertThat(sales.find(SampleSales.STORE, name)).isEmpty();

        assertThat(sales.take(mugs(2, 1)).verdict()).isEqualTo(Verdict.ACCEPTED);
    }

    /** The case was decided, and the decision is carried out later. */
    @Test
    void whatIsToldAfterTheDecisionIsNotLeftOutWithTheRest() {
        sales.refuse(refused(1, "half a mug"));
        Instant decided = POSTGRES.clock().instant();
        POSTGRES.clock().advance(Duration.ofSeconds(1));
        sales.refuse(refused(2, "a mug and a half"));

        sales.leaveOut(id, decided);

        assertThat(sales.refused(id)).map(RefusedSale::version).contains(2L);
        assertThat(openCase().status()).isEqualTo(CaseStatus.OPEN);
    }

    @Test
    void anotherSaleUnderABookedIdIsLeftOutWithoutTouchingTheBookedOne() {
        sales.take(mugs(1, 1));
        assertThat(sales.take(mugs(1, 4)).verdict()).isEqualTo(Verdict.CONFLICT);
        sales.refuse(refused(1, "four mugs"));
        sales.leaveOut(id, POSTGRES.clock().instant());

        assertThat(sales.take(mugs(1, 1)).verdict()).isEqualTo(Verdict.KNOWN);
    }

    @Test
    void whatOnlyWaitsIsKeptAsItWouldBeBooked() {
        StoreSale waits = mugs(1, 2);
        sales.refuse(new RefusedSale(id, 1, "two mugs", Optional.of(waits), "not in the catalogue"));

        assertThat(sales.refused(id).flatMap(RefusedSale::sale)).contains(waits);
    }

    /** Whoever of the two is first: no case is left for a sale that is booked. */
    @RepeatedTest(5)
    void refusedAndMendedAtOnceNeverLeavesACase() throws Exception {
        Together.run(8, i -> i % 2 == 0 ? sales.refuse(refused(1, "half a mug")) : sales.take(mugs(1, 1)));
        sales.take(mugs(2, 1));

        assertThat(cases()).noneMatch(found -> found.status() == CaseStatus.OPEN);
        assertThat(sales.refused(id)).isEmpty();
    }

    @Test
    void itIsLookedAtAgainWhenItsProductComes() {
        AwaitedProducts awaited = POSTGRES.database().awaitedProducts();
        Sku lamp = Sku.of("NW-LAMP-" + name);
        StoreSale sale = SampleSales.mug(name, lamp, SampleSales.NOON);
        sales.refuse(new RefusedSale(id, 1, "{}", Optional.of(sale), "/lines/0/sku no such product"));
        assertThat(awaited.wake(sku -> false, 100)).isZero();

        assertThat(awaited.wake(lamp::equals, 100)).isEqualTo(1);
        assertThat(awaited.wake(lamp::equals, 100)).isZero();

        assertThat(POSTGRES.dispatched())
                .filteredOn(message -> message.subject().equals(id.value()))
                .extracting(InboxMessage::topic)
                .containsExactly("throughline/attention");
    }

    private RefusedSale refused(long version, String told) {
        return new RefusedSale(id, version, told, Optional.empty(), "/lines/0/quantity 1 to 10000 units");
    }

    private StoreSale mugs(long version, int units) {
        return SampleSales.mugs(name, version, MUG, units, SampleSales.NOON);
    }

    private List<Case> cases() {
        return POSTGRES.database().cases().ofSubject(id.value());
    }

    private Case onlyCase() {
        assertThat(cases()).hasSize(1);
        return cases().getFirst();
    }

    private Case openCase() {
        assertThat(onlyCase().status()).isEqualTo(CaseStatus.OPEN);
        return onlyCase();
    }
}
