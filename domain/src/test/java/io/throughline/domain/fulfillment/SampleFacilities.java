package io.throughline.domain.fulfillment;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.customer.PersonalData.PostalAddress;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Northwind's two third-party warehouses and three stores. */
public final class SampleFacilities implements Facilities {
    public static final FacilityId WH_EAST = new FacilityId("WH-EAST");
    public static final FacilityId WH_WEST = new FacilityId("WH-WEST");
    public static final FacilityId ST_DOWNTOWN = new FacilityId("ST-DOWNTOWN");
    public static final FacilityId ST_HARBOR = new FacilityId("ST-HARBOR");
    public static final FacilityId ST_DUBLIN = new FacilityId("ST-DUBLIN");

    public static final List<FacilityId> ALL_IDS = List.of(WH_EAST, WH_WEST, ST_DOWNTOWN, ST_HARBOR, ST_DUBLIN);

    private static final List<Facility> ALL = List.of(
            warehouse(WH_EAST, "Northwind East Warehouse", "America/New_York", 40.74, -74.17, "70000000001")
                    .at(new PostalAddress(
                            Optional.of("Northwind East Warehouse"),
                            Optional.of("1 Harbor Road"),
                            Optional.of("Newark"),
                            Optional.of("NJ"),
                            Optional.of("07114"),
                            Optional.of("US"),
                            Optional.empty())),
            warehouse(WH_WEST, "Northwind West Warehouse", "America/Los_Angeles", 39.53, -119.81, "70000000002"),
            store(
                    ST_DOWNTOWN,
                    "Northwind Downtown",
                    "America/Chicago",
                    "US",
                    new GeoPoint(30.27, -97.74),
                    "70000000003",
                    "LDOWNTOWN"),
            store(
                    ST_HARBOR,
                    "Northwind Harbor",
                    "America/New_York",
                    "US",
                    new GeoPoint(42.36, -71.06),
                    "70000000004",
                    "LHARBOR"),
            store(
                    ST_DUBLIN,
                    "Northwind Dublin",
                    "Europe/Dublin",
                    "IE",
                    new GeoPoint(53.35, -6.26),
                    "70000000005",
                    "LDUBLIN"));

    private final Map<FacilityId, AccountId> labels = new HashMap<>();

    /** From now on this carrier's account sells the labels of this facility. */
    public synchronized void labelledBy(FacilityId facility, AccountId carrier) {
        labels.put(facility, carrier);
    }

    @Override
    public synchronized List<Facility> all() {
        return ALL.stream()
                .map(one -> labels.containsKey(one.id()) ? one.labelledBy(labels.get(one.id())) : one)
                .toList();
    }

    @Override
    public Optional<Facility> find(FacilityId id) {
        return all().stream().filter(facility -> facility.id().equals(id)).findFirst();
    }

    private static Facility warehouse(
            FacilityId id, String name, String zone, double latitude, double longitude, String location) {
        return new Facility(
                id,
                name,
                Facility.Kind.WAREHOUSE,
                ZoneId.of(zone),
                "US",
                new GeoPoint(latitude, longitude),
                SampleAccounts.SHOP,
                Map.of(SampleAccounts.SHOP, location),
                Set.of(SampleAccounts.SHOP),
                Set.of(DeliveryMethod.SHIPPING));
    }

    private static Facility store(
            FacilityId id,
            String name,
            String zone,
            String country,
            GeoPoint point,
            String shopLocation,
            String posLocation) {
        Map<AccountId, String> locations = Map.of(
                SampleAccounts.SHOP, shopLocation,
                SampleAccounts.SHOP_JP, shopLocation,
                SampleAccounts.SHOP_KW, shopLocation,
                SampleAccounts.POS, posLocation);
        return new Facility(
                id,
                name,
                Facility.Kind.STORE,
                ZoneId.of(zone),
                country,
                point,
                SampleAccounts.POS,
                locations,
                Set.of(
                        SampleAccounts.SHOP,
                        SampleAccounts.SHOP_JP,
                        SampleAccounts.SHOP_KW,
                        SampleAccounts.POS,
                        SampleAccounts.BAZAAR,
                        SampleAccounts.REST),
                Set.of(DeliveryMethod.SHIPPING, DeliveryMethod.PICKUP, DeliveryMethod.CARRIED_OUT));
    }
}
