package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Booking;
import io.throughline.domain.inventory.ErpStock;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockAuthorities;
import io.throughline.domain.inventory.StockAuthorities.Basis;
import io.throughline.domain.inventory.StockObservations;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.retention.Aged;
import io.throughline.store.internal.AgedRows;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What other systems say and what we told them, in PostgreSQL. */
public final class PostgresObservations implements StockObservations {
    private final Transactions transactions;
    private final InventoryLedger ledger;
    private final StockAuthorities authorities;
    private final Clock clock;

    public PostgresObservations(
            Transactions transactions, InventoryLedger ledger, StockAuthorities authorities, Clock clock) {
        this.transactions = transactions;
        this.ledger = ledger;
        this.authorities = authorities;
        this.clock = clock;
    }

    /** What systems have told, but for the last word of each. */
    public static Aged words(Transactions transactions) {
        return new AgedRows(transactions, Observations.FORGET_WORDS);
    }

    /** What was told to systems, but for the last of each place. */
    public static Aged publications(Transactions transactions) {
        return new AgedRows(transactions, Observations.FORGET_PUBLICATIONS);
    }

    @Override
    public Booking observe(Level level) {
        Instant now = clock.instant();
        boolean echo = transactions.with(handle -> Observations.echoes(handle, level, now));
        if (!echo && moves(level)) {
            return ledger.record(new Movement(
                    level.source(),
                    level.facility(),
                    level.sku(),
                    level.measure(),
                    Movement.Kind.COUNT,
                    level.units(),
                    Optional.empty(),
                    level.observedAt()));
        }
        Booking kept = transactions.with(handle -> Observations.keep(handle, level, true, echo, now));
        transactions.run(handle -> Feeds.heard(handle, level.source().system(), level.facility(), now));
        return kept;
    }

    @Override
    public Booking keep(Movement movement) {
        Instant now = clock.instant();
        Booking kept = transactions.with(handle -> Observations.keep(handle, movement, now));
        transactions.run(handle -> Feeds.heard(handle, movement.source().system(), movement.facility(), now));
        return kept;
    }

    @Override
    public void heardFrom(AccountId account, Collection<FacilityId> facilities) {
        Instant now = clock.instant();
        transactions.run(handle ->
                facilities.stream().sorted().forEach(facility -> Feeds.heard(handle, account.value(), facility, now)));
    }

    @Override
    public Set<StockSource> unheard(Collection<StockSource> told) {
        return transactions.with(handle -> Observations.unheard(handle, told));
    }

    private boolean moves(Level level) {
        StockAuthorities.Authority authority = authorities.of(level.facility(), level.measure());
        return authority.basis() == Basis.LEVELS
                && authority.system().equals(level.source().system());
    }

    @Override
    public long publish(AccountId account, FacilityId facility, Sku sku, Measure measure, int units) {
        return transactions.in(
                handle -> Observations.publish(handle, account, facility, sku, measure, units, clock.instant()));
    }

    @Override
    public void observeBooks(AccountId erp, Collection<ErpStock.OnHand> onHand) {
        Map<FacilityId, Map<Sku, Integer>> byFacility = onHand.stream()
                .collect(Collectors.groupingBy(
                        ErpStock.OnHand::facility,
                        Collectors.toMap(ErpStock.OnHand::sku, ErpStock.OnHand::units, Integer::sum)));
        byFacility.forEach((facility, units) ->
                transactions.run(handle -> Observations.keepBooks(handle, erp, facility, units, clock.instant())));
    }
}
