package io.throughline.api.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.api.access.Caller;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.transfer.TransferBodies.TransferRequest;
import io.throughline.api.transfer.TransferBodies.UnitsOfSku;
import io.throughline.domain.SettableClock;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.availability.SampleStockPolicies;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.inventory.StockAuthorities.Authority;
import io.throughline.domain.inventory.StockAuthorities.Basis;
import io.throughline.domain.transfer.Transfer;
import io.throughline.domain.transfer.TransferId;
import io.throughline.domain.transfer.TransferRules;
import io.throughline.domain.transfer.TransferStatus;
import io.throughline.domain.transfer.TransferTerms;
import io.throughline.domain.transfer.Transfers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A request that is repeated long after it was granted. */
class TransferDeskTest {
    private static final Instant NOW = Instant.parse("2026-11-26T09:00:00Z");
    private static final Caller APP = new Caller("k-1", "app", Set.of(Role.INTEGRATION));
    private static final TransferRequest REQUEST = new TransferRequest(
            "ST-DUBLIN",
            "ST-HARBOR",
            List.of(new UnitsOfSku("NW-TEE-BLK-M", 4)),
            Optional.of(NOW.plus(Duration.ofHours(4))));

    private final SettableClock clock = new SettableClock(NOW);
    private final Asked transfers = new Asked();
    private final TransferDesk desk = new TransferDesk(
            transfers,
            new TransferRules(
                    instant -> SampleStockPolicies.plain("test-1"),
                    (facility, measure) -> new Authority(SampleAccounts.POS.value(), Basis.LEVELS),
                    new SampleAccounts()),
            new SampleFacilities(),
            sku -> true,
            Bundles.none(),
            clock);

    /** By then its date has passed, and no rule may allow it any more. */
    @Test
    void isAnsweredAsBefore() {
        transfers.granted = Optional.of(granted());
        clock.advance(Duration.ofDays(3));

        TransferDesk.Step again = desk.request(REQUEST, "key-1", APP);

        assertThat(again.before()).isTrue();
        assertThat(again.transfer().id()).isEqualTo(granted().id().value());
    }

    @Test
    void ofWhichNothingIsKnownIsRefusedByItsDate() {
        clock.advance(Duration.ofDays(3));

        assertThatThrownBy(() -> desk.request(REQUEST, "key-1", APP))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().errors())
                                .extracting(error -> error.pointer())
                                .containsExactly("/expectedAt"));
    }

    private static Transfer granted() {
        return new Transfer(
                TransferId.of("app", "key-1"),
                SampleFacilities.ST_DUBLIN,
                SampleFacilities.ST_HARBOR,
                TransferStatus.SENT,
                List.of(new Transfer.Line(Sku.of("NW-TEE-BLK-M"), 4, 4, 0)),
                new TransferTerms("stock-7", "stores", Duration.ofDays(2), 2, 1),
                NOW.plus(Duration.ofHours(4)),
                0,
                false,
                "app (key k-1)",
                NOW,
                NOW);
    }

    /** Knows one request at most. */
    private static final class Asked implements Transfers {
        private Optional<Transfer> granted = Optional.empty();

        @Override
        public Optional<Outcome> repeated(Submission submission) {
            return granted.map(Outcome.Known::new);
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
        public void acceptDifference(TransferId id, CaseId reason) {
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
