package io.throughline.worker.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.SettableClock;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.TestingCases;
import io.throughline.domain.transfer.ErpTransfer;
import io.throughline.domain.transfer.ErpTransferId;
import io.throughline.domain.transfer.ErpTransfers;
import io.throughline.domain.transfer.Transfer;
import io.throughline.domain.transfer.TransferId;
import io.throughline.domain.transfer.TransferTerms;
import io.throughline.domain.transfer.Transfers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TransferCasesTest {
    private final TestingCases cases = new TestingCases(new SettableClock(Instant.parse("2026-11-23T09:00:00Z")));
    private final Borne transfers = new Borne();
    private final TransferCases desk = new TransferCases(transfers, new BorneOfErps());

    @Test
    void whatIsAcceptedIsBorne() {
        Case open = open("transfer/T-7K2M9Q4XTA");

        assertThat(desk.resolve(open)).isTrue();
        assertThat(transfers.accepted).as("not before it is decided").isEmpty();
        assertThat(desk.resolve(cases.decide(open.id(), Action.ACCEPT_DIFFERENCE)))
                .isTrue();

        assertThat(transfers.accepted).containsExactly("T-7K2M9Q4XTA by " + open.id());
    }

    @Test
    void whatIsAcceptedOfAnErpsTransferIsBorne() {
        Case open = open("transfer/tryton-northwind/41");

        assertThat(desk.resolve(open)).isTrue();
        assertThat(transfers.accepted).as("not before it is decided").isEmpty();
        assertThat(desk.resolve(cases.decide(open.id(), Action.ACCEPT_DIFFERENCE)))
                .isTrue();

        assertThat(transfers.accepted).containsExactly("tryton-northwind/41 by " + open.id());
    }

    @Test
    void otherCasesAreNotTouched() {
        assertThat(desk.resolve(open("stock/ST-HARBOR/TEE"))).isFalse();
        assertThat(desk.resolve(open("transfer/another"))).isFalse();
    }

    private Case open(String subject) {
        return cases.open(SampleAccounts.POS, subject, "transfer.difference", FailureCode.STOCK_DISCREPANCY, "2 fewer");
    }

    /** Notes it beside what is borne of our own. */
    private final class BorneOfErps implements ErpTransfers {
        @Override
        public void ended(ErpTransfer transfer, Tolerance tolerance) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void acceptDifference(ErpTransferId id, CaseId reason) {
            transfers.accepted.add(id + " by " + reason);
        }
    }

    /** Notes what is borne. */
    private static final class Borne implements Transfers {
        private final List<String> accepted = new ArrayList<>();

        @Override
        public void acceptDifference(TransferId id, CaseId reason) {
            accepted.add(id + " by " + reason);
        }

        @Override
        public Optional<Outcome> repeated(Submission submission) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome request(Submission submission, Wish wish, TransferTerms terms) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome send(TransferId id, Map<Sku, Integer> units, String actor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome receive(TransferId id, Map<Sku, Integer> units, String actor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome cancel(TransferId id, String actor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Transfer> find(TransferId id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Transfer> recent(Optional<FacilityId> facility, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Transfer> open(Sku sku, int limit) {
            throw new UnsupportedOperationException();
        }
    }
}
