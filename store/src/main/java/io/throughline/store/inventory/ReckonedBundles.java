package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Bundles.Part;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.ChannelRules;
import io.throughline.domain.inventory.ShownPlaces;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.StockSubject;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** How many bundles the ledger has for systems that show them: as many as these are told of. */
final class ReckonedBundles {
    private final Bundles bundles;
    private final ShownPlaces shown;
    private final Balances balances;
    private final ChannelRules channels;
    private final BundlePictures pictures;

    ReckonedBundles(StockRules rules, ShownPlaces shown) {
        this.bundles = rules.bundles();
        this.shown = shown;
        this.balances = new Balances(rules.safetyStocks());
        this.channels = rules.channels();
        this.pictures = new BundlePictures(bundles, balances);
    }

    boolean isBundle(Sku sku) {
        return bundles.isBundle(sku);
    }

    Collection<Sku> partsOf(Sku sku) {
        return bundles.partsOf(sku).stream().map(Part::sku).toList();
    }

    /** Of the bundles among these places; those at places that the account does not show are absent. */
    Map<StockSubject, Integer> levels(Handle handle, AccountId account, Collection<StockSubject> places) {
        Set<FacilityId> facilities = places.isEmpty() ? Set.of() : shown.of(account);
        Set<StockSubject> bundled = places.stream()
                .filter(place -> bundles.isBundle(place.sku()) && facilities.contains(place.facility()))
                .collect(Collectors.toSet());
        if (bundled.isEmpty()) {
            return Map.of();
        }
        Set<Sku> parts =
                bundled.stream().flatMap(place -> partsOf(place.sku()).stream()).collect(Collectors.toSet());
        Offers offers = Offers.of(handle, account, channels);
        Claims claims = Claims.of(handle, account, facilities, parts, bundles, balances, offers);
        Map<StockSubject, Integer> levels = new HashMap<>();
        pictures.of(handle, account, bundled, claims, offers)
                .forEach(picture -> levels.put(picture.place(), picture.wanted().net()));
        return levels;
    }
}
