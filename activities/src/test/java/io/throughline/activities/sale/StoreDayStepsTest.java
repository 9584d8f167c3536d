package io.throughline.activities.sale;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.activities.TestingRetail;
import io.throughline.activities.finance.DayBooks;
import io.throughline.domain.SettableClock;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.sale.SampleSales;
import io.throughline.domain.sale.StoreDayId;
import io.throughline.domain.sale.StoreDays;
import io.throughline.domain.sale.StoreSale;
import io.throughline.domain.sale.TestingStoreDays;
import io.throughline.workflows.call.StepResult;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Summaries of a store's day on their way to the books, and what people decide about those that are refused. */
class StoreDayStepsTest {
    private static final StoreDayId DAY = SampleSales.DAY;
    private static final String INVOICE = DAY + "/1/USD/invoice";
    private static final String CASH = DAY + "/1/USD/payment/cash";
    private static final Sku MUG = Sku.of("NW-MUG-RED");

    private final TestingRetail retail = TestingRetail.quiet(new SettableClock(Instant.parse("2026-11-24T09:00:00Z")));
    private final TestingStoreDays days = new TestingStoreDays();
    private final SampleFacilities facilities = new SampleFacilities();
    private final StoreDayStepsImpl steps = new StoreDayStepsImpl(
            retail.steps,
            days,
            new DayBooks(retail.effects, retail.world, days, facilities, retail.journals),
            facilities);

    @Test
    void aSummaryIsAnInvoiceAndAPaymentOnce() {
        days.summary(1, sold("1", 2), sold("2", 3));

        assertThat(steps.post(DAY, 1)).isEqualTo(StepResult.done());
        assertThat(steps.post(DAY, 1)).isEqualTo(StepResult.done());

        assertThat(retail.vendor.effects()).containsExactly("invoice " + INVOICE, "payment " + CASH);
        assertThat(retail.erp.invoice(INVOICE).total()).hasToString("100.00 USD");
        assertThat(retail.journals.of(DAY)).hasSize(2).allMatch(posting -> posting.status() == PostingStatus.CONFIRMED);
        assertThat(days.settled()).containsExactly(1);
    }

    @Test
    void aRefusalCanBeTriedAgainButTheDayCannotBeCancelled() {
        days.summary(1, sold("1", 2));
        retail.vendor.refuses("payment", FailureCode.ERP_REJECTED, "no such journal");

        assertThat(steps.post(DAY, 1).code()).isEqualTo(FailureCode.STORE_DAY_REJECTED);
        assertThat(openCase().legalActions())
                .containsExactlyInAnyOrder(Action.RETRY, Action.AMEND_AND_RETRY, Action.ACCEPT_DIFFERENCE);
        assertThat(days.settled()).isEmpty();
        retail.cases.decide(openCase().id(), Action.RETRY);

        assertThat(steps.post(DAY, 1)).isEqualTo(StepResult.done());
        assertThat(retail.vendor.effects()).containsExactly("invoice " + INVOICE, "payment " + CASH);
    }

    @Test
    void whatSomebodyBearsIsSettledAndNotAskedAgain() {
        days.summary(1, sold("1", 2));
        retail.vendor.refuses("invoice", FailureCode.ERP_REJECTED, "no such product");
        steps.post(DAY, 1);
        retail.cases.decide(openCase().id(), Action.ACCEPT_DIFFERENCE);

        assertThat(steps.post(DAY, 1)).isEqualTo(StepResult.done());
        assertThat(steps.post(DAY, 1)).isEqualTo(StepResult.done());
        assertThat(retail.vendor.effects()).isEmpty();
        assertThat(days.settled()).containsExactly(1);
    }

    @Test
    void aClosedPeriodIsADecisionAndTheJournalKeepsItsDate() {
        days.summary(1, sold("1", 2));
        retail.vendor.refuses("invoice", FailureCode.ERP_PERIOD_CLOSED, "November is closed");
        assertThat(steps.post(DAY, 1).code()).isEqualTo(FailureCode.ERP_PERIOD_CLOSED);

        retail.cases.decide(openCase().id(), Action.AMEND_AND_RETRY, Map.of("postingDate", "2026-12-01"));

        assertThat(steps.post(DAY, 1)).isEqualTo(StepResult.done());
        assertThat(retail.erp.invoice(INVOICE).businessDate()).hasToString("2026-12-01");
        assertThat(retail.journals.of(DAY).getFirst().journal().businessDate()).isEqualTo(DAY.date());
    }

    @Test
    void moreBackThanSoldPaysOutTheInvoice() {
        days.summary(1, sold("1", -2));

        assertThat(steps.post(DAY, 1)).isEqualTo(StepResult.done());

        assertThat(retail.erp.invoice(INVOICE).total()).hasToString("-40.00 USD");
        assertThat(retail.erp.payment(CASH).refundOf()).contains(INVOICE);
    }

    private static StoreDays.Entry sold(String id, int units) {
        StoreSale sale = SampleSales.mugs(id, 1, MUG, units, SampleSales.NOON);
        return new StoreDays.Entry(sale, false);
    }

    private Case openCase() {
        return retail.cases.ofSubject(DAY.value()).stream()
                .filter(one -> one.status() == CaseStatus.OPEN)
                .findFirst()
                .orElseThrow();
    }
}
