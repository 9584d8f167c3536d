package io.throughline.store.measure;

import static io.throughline.store.measure.SampleFacts.OTHER_SHOP;
import static io.throughline.store.measure.SampleFacts.SHOP;
import static io.throughline.store.measure.SampleFacts.STORE;
import static io.throughline.store.measure.SampleFacts.WAREHOUSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import io.throughline.domain.measure.Kpi;
import io.throughline.domain.measure.KpiReading;
import io.throughline.domain.measure.KpiScope;
import io.throughline.domain.measure.Kpis;
import io.throughline.domain.measure.RequestTallies.Tally;
import io.throughline.store.PostgresExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each figure against one that was counted by hand. Every test has a day of its own, at whose end it looks. */
class KpisTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final Sku TEE = Sku.of("NW-TEE-BLK-M");
    private static final Sku CAP = Sku.of("NW-CAP-NVY");

    private static int day;

    private final SampleFacts facts = new SampleFacts(POSTGRES.tables());
    private final Kpis kpis = POSTGRES.database().kpis(SampleServiceLevels.anHour());
    private Instant begin = Instant.EPOCH;
    private Instant end = Instant.EPOCH;

    @BeforeEach
    void newDay() {
        begin = Instant.parse("2026-11-01T00:00:00Z").plus(Duration.ofDays(day++));
        end = begin.plus(Duration.ofDays(1));
        now(end);
    }

    private static void now(Instant instant) {
        POSTGRES.clock().advance(Duration.between(POSTGRES.clock().instant(), instant));
    }

    @ParameterizedTest
    @EnumSource
    void ofNothingThereIsNoFigure(Kpi kpi) {
        assertThat(read(kpi).figure()).isEmpty();
        assertThat(read(kpi).measured()).isZero();
    }

    @Test
    void aCountIsAccurateThatFindsWhatTheLedgerSays() {
        count(WAREHOUSE, TEE, 10, SampleStockRules.POS, 1);
        count(WAREHOUSE, TEE, 10, SampleStockRules.POS, 2);
        count(WAREHOUSE, TEE, 7, "people", 3);
        count(STORE, CAP, 0, "people", 4);
        // It was taken before another one that is booked already.
        Instant late = begin.plus(Duration.ofMinutes(150));
        POSTGRES.inventory().record(counted(WAREHOUSE, TEE, 99, SampleStockRules.POS, late));
        // Nobody counted what the ledger follows.
        Instant said = begin.plus(Duration.ofHours(5));
        now(said);
        POSTGRES.inventory()
                .record(Movement.believing(
                        new Discrepancy(
                                SampleStockRules.POS, new FacilityId(WAREHOUSE), TEE, Measure.ON_HAND, 6, 7, said),
                        said));
        now(end);

        KpiReading all = read(Kpi.INVENTORY_ACCURACY);
        assertThat(all.measured()).isEqualTo(4);
        assertThat(all.figure()).contains(0.5);
        assertThat(all.parts()).isEqualTo(Map.of("exact", 2.0, "unitsCounted", 27.0, "unitsApart", 13.0));
        assertThat(of(Kpi.INVENTORY_ACCURACY, null, STORE).figure()).contains(1.0);
        assertThat(of(Kpi.INVENTORY_ACCURACY, "people", WAREHOUSE).figure()).contains(0.0);
    }

    private void count(String facility, Sku sku, int units, String system, int hour) {
        Instant at = begin.plus(Duration.ofHours(hour));
        now(at);
        POSTGRES.inventory().record(counted(facility, sku, units, system, at));
        now(end);
    }

    private static Movement counted(String facility, Sku sku, int units, String system, Instant at) {
        return new Movement(new FacilityId(facility), sku, units, Movement.Kind.COUNT, system, "count " + at, at);
    }

    @Test
    void anOrderIsInSyncOnceTheErpHasIt() {
        for (int seconds = 1; seconds <= 19; seconds++) {
            String order = facts.order(SHOP, begin, "IN_FULFILLMENT", "PENDING");
            facts.effect("tryton", order, "announce", "SUCCEEDED", 1, begin.plusSeconds(seconds));
            facts.effect("tryton", order, "invoice", "SUCCEEDED", 1, begin.plusSeconds(3000));
        }
        facts.order(SHOP, end.minusSeconds(900), "VALIDATED", "PENDING");
        facts.order(SHOP, begin, "CANCELLED", "PENDING");
        facts.order(SHOP, begin.minusSeconds(1), "VALIDATED", "PENDING");
        String elsewhere = facts.order(OTHER_SHOP, begin, "COMPLETED", "CONFIRMED");
        facts.effect("tryton", elsewhere, "announce", "SHADOWED", 1, begin.plusSeconds(2));
        facts.work(elsewhere, 1, STORE, "SHIPPED");

        KpiReading shop = of(Kpi.ORDER_SYNC_LATENCY, SHOP, null);
        assertThat(shop.measured()).isEqualTo(20);
        assertThat(shop.figure()).contains(19.0);
        assertThat(shop.parts()).isEqualTo(Map.of("waiting", 1.0, "medianSeconds", 10.0, "longestSeconds", 900.0));
        assertThat(of(Kpi.ORDER_SYNC_LATENCY, null, STORE).figure()).contains(2.0);
    }

    @Test
    void workIsAnExceptionThatIsRejectedOrHasACase() {
        String order = facts.order(SHOP, begin, "IN_FULFILLMENT", "PENDING");
        facts.work(order, 1, WAREHOUSE, "REJECTED");
        String silent = facts.work(order, 2, STORE, "SHIPPED");
        facts.openCase(SHOP, order, "facility.observe " + silent, FailureCode.FACILITY_SILENT, begin);
        facts.work(order, 3, WAREHOUSE, "SHIPPED");
        facts.work(order, 4, WAREHOUSE, "CANCELLED");
        facts.openCase(SHOP, order, "erp.announce order", FailureCode.ERP_REJECTED, begin);
        for (int ordinal = 5; ordinal <= 13; ordinal++) {
            facts.work(order, ordinal, WAREHOUSE, "RELEASED");
        }

        KpiReading all = read(Kpi.FULFILLMENT_EXCEPTION_RATE);
        assertThat(all.measured()).isEqualTo(12);
        assertThat(all.figure()).contains(2 / 12.0);
        assertThat(all.parts()).isEqualTo(Map.of("exceptions", 2.0, "rejected", 1.0));
        assertThat(of(Kpi.FULFILLMENT_EXCEPTION_RATE, null, STORE).figure()).contains(1.0);
        assertThat(of(Kpi.FULFILLMENT_EXCEPTION_RATE, SHOP, WAREHOUSE).figure()).contains(1 / 11.0);
        assertThat(of(Kpi.FULFILLMENT_EXCEPTION_RATE, OTHER_SHOP, null).figure())
                .isEmpty();
    }

    @Test
    void aRefundIsPostedOnceTheErpConfirmsIt() {
        String order = facts.order(SHOP, begin, "COMPLETED", "CONFIRMED");
        facts.work(order, 1, WAREHOUSE, "SHIPPED");
        facts.journal(order, "REVERSAL", "CONFIRMED", begin);
        facts.journal(order, "REVERSAL", "CONFIRMED", end.minusSeconds(1));
        facts.journal(order, "REVERSAL", "POSTED", begin);
        facts.journal(order, "REVERSAL", "PENDING", end.minusSeconds(3600));
        facts.journal(order, "PAYMENT", "PENDING", begin);
        String unpaid = facts.order(OTHER_SHOP, begin, "COMPLETED", "CONFIRMED");
        facts.openCase(OTHER_SHOP, unpaid, "erp.reverse order", FailureCode.REFUND_MISSING, begin);

        KpiReading all = read(Kpi.REFUND_POSTING_COMPLETION);
        assertThat(all.measured()).isEqualTo(4);
        assertThat(all.figure()).contains(0.5);
        assertThat(all.parts()).isEqualTo(Map.of("confirmed", 2.0, "missing", 1.0));
        assertThat(of(Kpi.REFUND_POSTING_COMPLETION, SHOP, WAREHOUSE).figure()).contains(2 / 3.0);
        assertThat(of(Kpi.REFUND_POSTING_COMPLETION, OTHER_SHOP, null).figure()).contains(0.0);
        assertThat(of(Kpi.REFUND_POSTING_COMPLETION, SHOP, STORE).figure()).isEmpty();
    }

    @Test
    void aRefundOfAReturnCountsWhereItsOrderDoes() {
        String order = facts.order(SHOP, begin, "COMPLETED", "CONFIRMED");
        facts.work(order, 1, WAREHOUSE, "SHIPPED");
        facts.journal(order, "REVERSAL", "POSTED", begin);
        facts.refundOfReturn(order, "CONFIRMED", begin);

        assertThat(read(Kpi.REFUND_POSTING_COMPLETION).figure()).contains(0.5);
        assertThat(of(Kpi.REFUND_POSTING_COMPLETION, SHOP, null).figure()).contains(0.5);
        assertThat(of(Kpi.REFUND_POSTING_COMPLETION, null, WAREHOUSE).figure()).contains(0.5);
        assertThat(of(Kpi.REFUND_POSTING_COMPLETION, SHOP, STORE).figure()).isEmpty();
        assertThat(of(Kpi.REFUND_POSTING_COMPLETION, OTHER_SHOP, null).figure()).isEmpty();
    }

    @Test
    void aRefundOfAReturnThatNeverCameCountsWhereItsOrderDoes() {
        String order = facts.order(SHOP, begin, "COMPLETED", "CONFIRMED");
        facts.work(order, 1, WAREHOUSE, "SHIPPED");
        facts.refundOfReturn(order, "CONFIRMED", begin);
        facts.openCase(SHOP, order + "-R1", "channel.confirm return", FailureCode.REFUND_MISSING, begin);

        assertThat(read(Kpi.REFUND_POSTING_COMPLETION).figure()).contains(0.5);
        assertThat(of(Kpi.REFUND_POSTING_COMPLETION, SHOP, WAREHOUSE).parts())
                .isEqualTo(Map.of("confirmed", 1.0, "missing", 1.0));
        assertThat(of(Kpi.REFUND_POSTING_COMPLETION, OTHER_SHOP, null).figure()).isEmpty();
    }

    /** The day's own journal is the rest of a tender after its sales. */
    @Test
    void whatCameBackOverACounterIsOneRefundAndItsDaysSumNone() {
        facts.storeDay(STORE, "2026-04-02", begin.plusSeconds(60), begin.plusSeconds(90));
        facts.dayJournal(STORE, "2026-04-02", "REVERSAL", "CONFIRMED", begin.plusSeconds(70));
        facts.counterReturn(STORE, "2026-04-02", begin);
        facts.counterReturn(STORE, "2026-04-02", begin.plusSeconds(1));
        String unpaid = facts.counterReturn(STORE, "2026-04-02", begin.plusSeconds(2));
        facts.openCase(SHOP, unpaid, "till.confirm return", FailureCode.REFUND_MISSING, begin.plusSeconds(30));
        facts.storeDay(STORE, "2026-04-03", begin.plusSeconds(60), null);
        facts.counterReturn(STORE, "2026-04-03", begin.plusSeconds(3));

        KpiReading all = read(Kpi.REFUND_POSTING_COMPLETION);
        assertThat(all.measured()).isEqualTo(4);
        assertThat(all.parts()).isEqualTo(Map.of("confirmed", 2.0, "missing", 1.0));
        assertThat(of(Kpi.REFUND_POSTING_COMPLETION, null, STORE).measured()).isEqualTo(4);
        assertThat(of(Kpi.REFUND_POSTING_COMPLETION, null, WAREHOUSE).figure()).isEmpty();
        assertThat(of(Kpi.REFUND_POSTING_COMPLETION, SHOP, null).figure()).isEmpty();
    }

    @Test
    void whatHasPaidForGoodsInExchangeIsGivenToNobody() {
        String order = facts.order(SHOP, begin, "COMPLETED", "CONFIRMED");
        facts.exchangeCredit(order, begin);
        facts.refundOfReturn(order, "CONFIRMED", begin);

        assertThat(read(Kpi.REFUND_POSTING_COMPLETION).measured()).isEqualTo(1);
    }

    @Test
    void reconcilingCostsWhatPeopleDecide() {
        for (int i = 0; i < 6; i++) {
            facts.order(SHOP, begin, "COMPLETED", "CONFIRMED");
        }
        facts.storeDay(STORE, "2026-01-01", begin.minusSeconds(1), begin);
        facts.sale(STORE, "2026-01-01", begin);
        facts.sale(STORE, "2026-01-01", begin.plusSeconds(1));
        facts.sale(STORE, "2026-01-01", begin.minusSeconds(1));
        Instant opened = begin.minus(Duration.ofHours(2));
        facts.closedCase(SHOP, "stock/a/b", FailureCode.STOCK_DISCREPANCY, opened, begin, true);
        facts.closedCase(SHOP, "O-1", FailureCode.ERP_BOOKS_DIFFER, opened, begin.plusSeconds(3600), true);
        facts.closedCase(SHOP, "O-2", FailureCode.ERP_BOOKS_DIFFER, opened, begin, false);
        facts.closedCase(SHOP, "O-3", FailureCode.FACILITY_SILENT, opened, begin, true);
        facts.closedCase(SHOP, "O-4", FailureCode.PRICE_MISMATCH, opened, end, true);

        KpiReading all = read(Kpi.RECONCILIATION_EFFORT);
        assertThat(all.measured()).isEqualTo(8);
        assertThat(all.figure()).contains(0.25);
        assertThat(all.parts()).isEqualTo(Map.of("decided", 2.0, "resolvedByItself", 1.0, "hoursOpen", 5.0));
        assertThatThrownBy(() -> of(Kpi.RECONCILIATION_EFFORT, SHOP, null)).hasMessageContaining("divided");
    }

    @Test
    void attemptsFailUnlessTheyHaveTheirEffect() {
        facts.effect("tryton", "I-1", "announce", "SUCCEEDED", 1, begin);
        facts.effect("tryton", "I-2", "announce", "SUCCEEDED", 3, begin);
        facts.effect("tryton", "I-3", "announce", "REFUSED", 1, begin);
        facts.effect("tryton", "I-4", "announce", "UNKNOWN", 2, begin);
        facts.effect("tryton", "I-5", "announce", "LEASED", 2, begin);
        facts.effect("tryton", "I-6", "announce", "PENDING", 0, begin);
        facts.effect("tryton", "I-7", "announce", "REFUSED", 9, end);
        facts.effect(SHOP, "I-8", "capture", "SHADOWED", 1, begin);

        KpiReading erp = of(Kpi.INTEGRATION_FAILURE_RATE, "tryton", null);
        assertThat(erp.measured()).isEqualTo(8);
        assertThat(erp.figure()).contains(0.75);
        assertThat(erp.parts()).isEqualTo(Map.of("failed", 6.0, "refused", 1.0, "unknown", 1.0));
        assertThat(of(Kpi.INTEGRATION_FAILURE_RATE, SHOP, null).figure()).contains(0.0);
        assertThat(read(Kpi.INTEGRATION_FAILURE_RATE).figure()).contains(6 / 9.0);
    }

    @Test
    void resolutionIsTheMeanTimeThatCasesWereOpen() {
        for (int hours : List.of(1, 2, 6)) {
            Instant closed = begin.plus(Duration.ofHours(hours));
            facts.closedCase(SHOP, "R-" + hours, FailureCode.FACILITY_SILENT, begin, closed, true);
        }
        facts.closedCase(OTHER_SHOP, "R-9", FailureCode.FACILITY_SILENT, begin, begin.plusSeconds(9), false);
        facts.openCase(SHOP, "R-10", "step", FailureCode.FACILITY_SILENT, begin);

        KpiReading shop = of(Kpi.MEAN_TIME_TO_RESOLUTION, SHOP, null);
        assertThat(shop.measured()).isEqualTo(3);
        assertThat(shop.figure()).contains(10_800.0);
        assertThat(shop.parts()).isEqualTo(Map.of("late", 1.0, "medianSeconds", 7_200.0));
    }

    @Test
    void ninetyFiveOfAHundredRequestsAreAnsweredWithinABound() {
        tally(50, false, 60);
        tally(50, false, 30);
        tally(100, true, 5);
        tally(1_000, false, 4);
        tally(Tally.LONGER, true, 1);

        KpiReading all = read(Kpi.API_PERFORMANCE);
        assertThat(all.measured()).isEqualTo(100);
        assertThat(all.figure()).contains(0.1);
        assertThat(all.parts()).isEqualTo(Map.of("medianSeconds", 0.05, "failed", 6.0));

        tally(Tally.LONGER, false, 900);
        assertThat(read(Kpi.API_PERFORMANCE).figure()).contains(Double.POSITIVE_INFINITY);
    }

    private void tally(int within, boolean failed, long requests) {
        POSTGRES.database()
                .requestTallies()
                .add(List.of(new Tally(begin, "GET", "/v1/orders/{id}", within, failed, requests)));
    }

    @Test
    void aTransactionIsCompleteWhenItsBooksAre() {
        String complete = facts.order(SHOP, begin, "COMPLETED", "CONFIRMED");
        facts.work(complete, 1, STORE, "PICKED_UP");
        facts.order(SHOP, end.minusSeconds(1), "COMPLETED", "CONFIRMED");
        facts.order(SHOP, begin, "COMPLETED", "POSTED");
        facts.order(OTHER_SHOP, begin, "IN_FULFILLMENT", "PENDING");
        facts.order(SHOP, end.minusSeconds(3600), "IN_FULFILLMENT", "PENDING");
        facts.order(SHOP, begin, "CANCELLED", "REVERSED");
        facts.storeDay(STORE, "2026-01-02", begin, begin.plusSeconds(60));
        facts.storeDay(STORE, "2026-01-03", begin, null);
        facts.storeDay(STORE, "2026-01-04", end.minusSeconds(60), null);

        KpiReading all = read(Kpi.BUSINESS_TRANSACTION_COMPLETION);
        assertThat(all.measured()).isEqualTo(6);
        assertThat(all.figure()).contains(0.5);
        assertThat(all.parts()).isEqualTo(Map.of("complete", 3.0, "storeDays", 2.0));
        assertThat(of(Kpi.BUSINESS_TRANSACTION_COMPLETION, SHOP, null).figure()).contains(2 / 3.0);
        assertThat(of(Kpi.BUSINESS_TRANSACTION_COMPLETION, null, STORE).measured())
                .isEqualTo(3);
    }

    private KpiReading read(Kpi kpi) {
        return kpis.read(kpi, KpiScope.everything(begin, end));
    }

    private KpiReading of(Kpi kpi, @Nullable String account, @Nullable String facility) {
        return kpis.read(
                kpi,
                new KpiScope(
                        begin,
                        end,
                        Optional.ofNullable(account).map(AccountId::of),
                        Optional.ofNullable(facility).map(FacilityId::new)));
    }
}
