package io.throughline.worker.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.SettableClock;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.TestingFulfillmentOrders;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.TestingCases;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.inventory.TestingInventory;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StockCasesTest {
    private static final Sku SLASHED = Sku.of("TEE/BLACK");
    private static final StockSubject PLACE = new StockSubject(SampleFacilities.ST_HARBOR, SLASHED);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final TestingCases cases = new TestingCases(clock);
    private final TestingInventory inventory =
            new TestingInventory(new TestingFulfillmentOrders(clock)).stock(SampleFacilities.ST_HARBOR, SLASHED, -2);
    private final StockCases stockCases = new StockCases(inventory);

    @Test
    void whatIsAcceptedIsBorne() {
        assertThat(stockCases.resolve(cases.decide(open(PLACE.toString()).id(), Action.ACCEPT_DIFFERENCE)))
                .isTrue();
        assertThat(inventory.onHand(SampleFacilities.ST_HARBOR, SLASHED)).isZero();
    }

    @Test
    void nothingIsDoneBeforeItIsDecided() {
        assertThat(stockCases.resolve(open(PLACE.toString()))).isTrue();
        assertThat(inventory.onHand(SampleFacilities.ST_HARBOR, SLASHED)).isEqualTo(-2);
    }

    @Test
    void otherCasesAreNotTouched() {
        assertThat(stockCases.resolve(open("O-7K2M9Q4XTA"))).isFalse();
        assertThat(stockCases.resolve(open("inbox/42"))).isFalse();
    }

    private Case open(String subject) {
        return cases.open(SampleAccounts.SHOP, subject, "stock.shortfall", FailureCode.STOCK_DISCREPANCY, "2 too many");
    }
}
