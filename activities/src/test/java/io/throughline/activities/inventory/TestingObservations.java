package io.throughline.activities.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Booking;
import io.throughline.domain.inventory.ErpStock;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockObservations;
import io.throughline.domain.inventory.StockSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Notes what is told, but for what is unfit. */
final class TestingObservations implements StockObservations {
    final Set<String> heard = new HashSet<>();
    final Set<String> unfit = new HashSet<>();
    final List<Movement> kept = new ArrayList<>();
    final List<Level> levels = new ArrayList<>();
    final Set<FacilityId> heardFrom = new HashSet<>();
    final List<ErpStock.OnHand> books = new ArrayList<>();

    @Override
    public List<Booking> observe(List<Level> told) {
        if (told.stream().anyMatch(level -> unfit.contains(level.source().id()))) {
            throw new IllegalArgumentException("it breaks a rule");
        }
        levels.addAll(told);
        return told.stream()
                .map(level -> Booking.without(Booking.Verdict.OBSERVED))
                .toList();
    }

    @Override
    public Booking keep(Movement movement) {
        if (unfit.contains(movement.source().id())) {
            throw new IllegalArgumentException("it breaks a rule");
        }
        kept.add(movement);
        return Booking.without(Booking.Verdict.OBSERVED);
    }

    @Override
    public void heardFrom(AccountId account, Collection<FacilityId> facilities) {
        heardFrom.addAll(facilities);
    }

    @Override
    public Set<StockSource> unheard(Collection<StockSource> sources) {
        Set<StockSource> unheard = new HashSet<>(sources);
        unheard.removeIf(source -> heard.contains(source.id()));
        return unheard;
    }

    @Override
    public long publish(AccountId account, FacilityId facility, Sku sku, Measure measure, int units) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void observeBooks(AccountId erp, Collection<ErpStock.OnHand> onHand) {
        books.addAll(onHand);
    }
}
