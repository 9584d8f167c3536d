package io.throughline.domain.fulfillment;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.PersonalData.PostalAddress;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A place that keeps and hands out stock. {@code workAccount} is the account whose system gives it its work (a Square merchant for
 * stores, a Shopify shop for a third-party warehouse); {@code locations} are its names at each account; {@code serves} the channel
 * accounts it may work for (a Shopify fulfillment service can serve its own shop only). {@code labels} is the carrier's account that sells
 * the labels of what it packs; without one it labels its parcels by itself. {@code address} is where parcels come to it.
 */
public record Facility(
        FacilityId id,
        String name,
        Kind kind,
        ZoneId zone,
        String country,
        GeoPoint point,
        AccountId workAccount,
        Map<AccountId, String> locations,
        Set<AccountId> serves,
        Set<DeliveryMethod> methods,
        Optional<AccountId> labels,
        Optional<PostalAddress> address) {
    public Facility {
        locations = Map.copyOf(locations);
        serves = Set.copyOf(serves);
        methods = Set.copyOf(methods);
    }

    /** One that labels its parcels by itself. */
    public Facility(
            FacilityId id,
            String name,
            Kind kind,
            ZoneId zone,
            String country,
            GeoPoint point,
            AccountId workAccount,
            Map<AccountId, String> locations,
            Set<AccountId> serves,
            Set<DeliveryMethod> methods) {
        this(
                id,
                name,
                kind,
                zone,
                country,
                point,
                workAccount,
                locations,
                serves,
                methods,
                Optional.empty(),
                Optional.empty());
    }

    /** The same, whose labels this account sells. */
    public Facility labelledBy(AccountId carrier) {
        return new Facility(
                id,
                name,
                kind,
                zone,
                country,
                point,
                workAccount,
                locations,
                serves,
                methods,
                Optional.of(carrier),
                address);
    }

    /** The same, to which parcels come at this address. */
    public Facility at(PostalAddress where) {
        return new Facility(
                id,
                name,
                kind,
                zone,
                country,
                point,
                workAccount,
                locations,
                serves,
                methods,
                labels,
                Optional.of(where));
    }

    public enum Kind {
        STORE,
        WAREHOUSE
    }
}
