package io.throughline.connectors.shopify.order;

import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.fulfillment.GeoPoint;
import io.throughline.domain.order.Destination;
import io.throughline.domain.order.OrderId;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who an order is for, kept apart from it, and how coarsely the order itself says where it goes. */
final class PersonMapper {
    private PersonMapper() {}

    /** Made from our own name of the order, so that it says nothing of the person and stays the same at each reading. */
    static CustomerRef reference(OrderId order) {
        return new CustomerRef("P-" + order.value().substring(2));
    }

    static PersonalData person(OrderDocument.Head order) {
        Optional<PersonalData.PostalAddress> shipTo = order.shippingAddress().map(PersonMapper::address);
        Optional<PersonalData.PostalAddress> billTo = order.billingAddress().map(PersonMapper::address);
        return new PersonalData(
                shipTo.flatMap(PersonalData.PostalAddress::name)
                        .or(() -> billTo.flatMap(PersonalData.PostalAddress::name)),
                order.email(),
                order.phone()
                        .or(() -> shipTo.flatMap(PersonalData.PostalAddress::phone))
                        .or(() -> billTo.flatMap(PersonalData.PostalAddress::phone)),
                shipTo,
                billTo);
    }

    static Optional<Destination> destination(OrderDocument.Head order) {
        return order.shippingAddress()
                .flatMap(address -> address.countryCodeV2()
                        .map(country -> new Destination(country, address.provinceCode(), point(address))));
    }

    private static Optional<GeoPoint> point(OrderDocument.Address address) {
        if (address.latitude().isEmpty() || address.longitude().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new GeoPoint(address.latitude().get(), address.longitude().get()).coarse());
    }

    private static PersonalData.PostalAddress address(OrderDocument.Address address) {
        return new PersonalData.PostalAddress(
                joined(" ", address.firstName(), address.lastName()),
                joined(", ", address.address1(), address.address2()),
                address.city(),
                address.provinceCode(),
                address.zip(),
                address.countryCodeV2(),
                address.phone());
    }

    private static Optional<String> joined(String separator, Optional<String> first, Optional<String> second) {
        String text = Stream.of(first, second)
                .flatMap(Optional::stream)
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(separator));
        return Optional.of(text).filter(joined -> !joined.isEmpty());
    }
}
