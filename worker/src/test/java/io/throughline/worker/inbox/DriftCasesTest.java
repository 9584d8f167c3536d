package io.throughline.worker.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.SettableClock;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.TestingFulfillmentOrders;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.TestingCases;
import io.throughline.domain.inventory.DriftStep;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Republications.Outcome;
import io.throughline.domain.inventory.Republications.Wish;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.ShownPlaces;
import io.throughline.domain.inventory.StockDrift;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.inventory.TestingInventory;
import io.throughline.domain.inventory.TestingRepublications;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class DriftCasesTest {
    private static final AccountId TILLS = SampleAccounts.POS;
    private static final FacilityId HARBOR = SampleFacilities.ST_HARBOR;
    private static final Sku MUG = Sku.of("NW-MUG-RED");

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final TestingCases cases = new TestingCases(clock);
    private final TestingInventory inventory =
            new TestingInventory(new TestingFulfillmentOrders(clock)).stock(HARBOR, MUG, 5);
    private final ThreeApart drift = new ThreeApart();
    private final TestingRepublications republications = new TestingRepublications();
    private final DriftCases desk = new DriftCases(
            drift,
            inventory,
            new ShownPlaces(new SampleAccounts(), new SampleFacilities(), SampleStockRules.plain()),
            republications,
            cases,
            clock);

    @Test
    void whoAcceptsADifferenceBelievesTheSystemThatMovesTheStock() {
        assertThat(acceptedOf(TILLS).status()).isEqualTo(CaseStatus.CLOSED);
        assertThat(inventory.onHand(HARBOR, MUG)).isEqualTo(2);
        assertThat(drift.accepted).isEmpty();
    }

    @Test
    void whatAnotherSystemCountsIsLetBe() {
        assertThat(acceptedOf(SampleAccounts.SHOP).status()).isEqualTo(CaseStatus.CLOSED);
        assertThat(inventory.onHand(HARBOR, MUG)).isEqualTo(5);
        assertThat(drift.accepted).extracting(Discrepancy::system).containsExactly(SampleAccounts.SHOP.value());
    }

    @Test
    void whoPublishesAgainBelievesTheLedger() {
        Case opened = opened(SampleAccounts.SHOP, HARBOR);
        cases.decide(opened.id(), Action.PUBLISH_AGAIN);

        resolve(opened);

        assertThat(cases.find(opened.id()).orElseThrow().status()).isEqualTo(CaseStatus.CLOSED);
        assertThat(republications.wishes)
                .extracting(Wish::account, Wish::place)
                .containsExactly(Tuple.tuple(SampleAccounts.SHOP, new StockSubject(HARBOR, MUG)));
        assertThat(drift.accepted).isEmpty();
        assertThat(inventory.onHand(HARBOR, MUG)).isEqualTo(5);
    }

    /** The case was opened under a configuration by which it could be. */
    @Test
    void whatCannotBePublishedNeedsAnotherDecision() {
        Case ofTills = opened(TILLS, HARBOR);
        cases.decide(ofTills.id(), Action.PUBLISH_AGAIN);
        resolve(ofTills);
        assertThat(cases.find(ofTills.id()).orElseThrow().status()).isEqualTo(CaseStatus.OPEN);
        assertThat(republications.wishes).isEmpty();

        republications.outcome = Outcome.NOTHING_THERE;
        Case ofShop = opened(SampleAccounts.SHOP, SampleFacilities.WH_EAST);
        cases.decide(ofShop.id(), Action.PUBLISH_AGAIN);
        resolve(ofShop);
        assertThat(cases.find(ofShop.id()).orElseThrow().status()).isEqualTo(CaseStatus.OPEN);
    }

    private Case opened(AccountId account, FacilityId facility) {
        return cases.open(
                account,
                new StockSubject(facility, MUG).toString(),
                new DriftStep(account, Measure.ON_HAND, true).toString(),
                FailureCode.STOCK_DISCREPANCY,
                "three apart");
    }

    private Case acceptedOf(AccountId account) {
        Case opened = opened(account, HARBOR);
        resolve(opened);
        assertThat(inventory.onHand(HARBOR, MUG)).isEqualTo(5);
        cases.decide(opened.id(), Action.ACCEPT_DIFFERENCE);
        assertThat(resolve(opened)).isTrue();
        return cases.find(opened.id()).orElseThrow();
    }

    @Test
    void everythingElseIsForOthers() {
        Case other = cases.open(TILLS, "stock/ST-HARBOR/TEE", "stock.shortfall", FailureCode.STOCK_DISCREPANCY, "2");

        assertThat(resolve(other)).isFalse();
    }

    private boolean resolve(Case known) {
        return desk.resolve(cases.find(known.id()).orElseThrow());
    }

    private static final class ThreeApart implements StockDrift {
        private final List<Discrepancy> accepted = new ArrayList<>();

        @Override
        public Page next(AccountId account, Instant quietSince) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void passed(AccountId account, Page page, Collection<Spot> mended) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void note(Discrepancy discrepancy) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void accept(Discrepancy discrepancy) {
            accepted.add(discrepancy);
        }

        @Override
        public List<Case> settled(AccountId account) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Discrepancy> apartAt(AccountId account, StockSubject place, Measure measure) {
            return Optional.of(
                    new Discrepancy(account.value(), place.facility(), place.sku(), measure, 2, 5, Instant.EPOCH));
        }

        @Override
        public boolean isAdjustedSince(Discrepancy discrepancy) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String story(Discrepancy discrepancy) {
            return "";
        }
    }
}
