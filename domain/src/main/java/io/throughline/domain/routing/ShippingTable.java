package io.throughline.domain.routing;

import io.throughline.domain.money.Money;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a parcel costs: so much for itself and so much for each unit in it, by the zone that it crosses. The first zone that fits holds. Only
 * compared, never booked. An unknown distance counts as none.
 */
public record ShippingTable(List<Zone> zones) {
    public ShippingTable {
        zones = List.copyOf(zones);
        if (!coversAll(zones, false) || !coversAll(zones, true)) {
            throw new IllegalArgumentException("a zone without a limit must be there, at home and abroad");
        }
        if (zones.stream().flatMap(Zone::prices).anyMatch(price -> price.minor() < 0)
                || zones.stream()
                                .flatMap(Zone::prices)
                                .map(Money::currency)
                                .distinct()
                                .count()
                        > 1) {
            throw new IllegalArgumentException("prices are of one currency, and never below nothing");
        }
    }

    /** {@code abroad}: for parcels that leave the country, and only for these. */
    public record Zone(String name, boolean abroad, Optional<Integer> upToKilometres, Money parcel, Money unit) {
        private Stream<Money> prices() {
            return Stream.of(parcel, unit);
        }

        private boolean covers(boolean leavesCountry, double kilometres) {
            return abroad == leavesCountry
                    && upToKilometres.map(limit -> kilometres <= limit).orElse(true);
        }
    }

    Zone zone(boolean abroad, double kilometres) {
        return zones.stream()
                .filter(zone -> zone.covers(abroad, kilometres))
                .findFirst()
                .orElseThrow();
    }

    /** What a parcel of so many units costs. */
    public Money price(boolean abroad, double kilometres, int units) {
        Zone zone = zone(abroad, kilometres);
        return zone.parcel().plus(zone.unit().times(units));
    }

    private static boolean coversAll(List<Zone> zones, boolean abroad) {
        return zones.stream()
                .anyMatch(
                        zone -> zone.abroad() == abroad && zone.upToKilometres().isEmpty());
    }
}
