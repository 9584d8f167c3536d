package io.throughline.connectors.shopify;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FacilitySystem.Work;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.GeoPoint;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.Order;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The sample retailer as this connector sees it. */
public final class SampleShops {
    public static final AccountId NORTHWIND = AccountId.of("northwind");
    public static final AccountId JAPAN = AccountId.of("northwind-jp");
    public static final AccountId KUWAIT = AccountId.of("northwind-kw");
    public static final String DOMAIN = "northwind-demo.myshopify.com";
    public static final String CLIENT = "throughline-app";
    public static final String SECRET = "synthetic-app-secret-for-tests";
    public static final String WEST = "70000000002";
    public static final String EAST = "70000000001";
    public static final String DOWNTOWN = "70000000003";

    private SampleShops() {}

    public static ShopifyConfig northwind() {
        return ShopifyConfig.of(NORTHWIND, DOMAIN, CLIENT, SECRET);
    }

    public static ShopifyConfig japan() {
        return ShopifyConfig.of(JAPAN, "northwind-jp.myshopify.com", CLIENT + "-jp", "synthetic-app-secret-of-jp");
    }

    public static ShopifyConfig kuwait() {
        return ShopifyConfig.of(KUWAIT, "northwind-kw.myshopify.com", CLIENT + "-kw", "synthetic-app-secret-of-kw");
    }

    public static Facilities facilities() {
        List<Facility> all = List.of(
                facility("WH-EAST", EAST, Facility.Kind.WAREHOUSE),
                facility("WH-WEST", WEST, Facility.Kind.WAREHOUSE),
                facility("ST-DOWNTOWN", DOWNTOWN, Facility.Kind.STORE));
        return new Facilities() {
            @Override
            public List<Facility> all() {
                return all;
            }

            @Override
            public Optional<Facility> find(FacilityId id) {
                return all.stream().filter(each -> each.id().equals(id)).findFirst();
            }
        };
    }

    private static Facility facility(String id, String location, Facility.Kind kind) {
        return new Facility(
                new FacilityId(id),
                id,
                kind,
                ZoneId.of("America/New_York"),
                "US",
                new GeoPoint(40, -74),
                NORTHWIND,
                Map.of(NORTHWIND, location),
                Set.of(NORTHWIND),
                EnumSet.of(DeliveryMethod.SHIPPING, DeliveryMethod.PICKUP));
    }

    /** The order's first delivery as work for the warehouse in the east. */
    static Work work(Order order, int ordinal) {
        Delivery delivery = order.deliveries().getFirst();
        return new Work(
                order.key().account(),
                EAST,
                FulfillmentOrderId.of(order.id(), ordinal),
                order.name(),
                delivery.method(),
                delivery.lines(),
                delivery.lines(),
                delivery.channelWork(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same work with a work item that Shopify does not have. */
    static Work unknown(Work work) {
        return new Work(
                work.account(),
                work.location(),
                work.id(),
                work.orderName(),
                work.method(),
                work.lines(),
                work.goods(),
                Optional.of("gid://shopify/FulfillmentOrder/404"),
                work.workReference(),
                work.customerName());
    }

    /** A file of the test's resources. */
    public static byte[] resource(String path) {
        try (InputStream file = Objects.requireNonNull(SampleShops.class.getResourceAsStream(path), path)) {
            return file.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
