package io.throughline.connectors.shopify.order;

import io.throughline.connectors.shopify.client.MailingAddress;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.fulfillment.GeoPoint;
import io.throughline.domain.order.Destination;
import java.util.Optional;

/** Who an order is for, kept apart from it, and how coarsely the order itself says where it goes. */
final class PersonMapper {
    private PersonMapper() {}

    static PersonalData person(OrderDocument.Head order) {
        Optional<PersonalData.PostalAddress> shipTo = order.shippingAddress().map(MailingAddress::toPostal);
        Optional<PersonalData.PostalAddress> billTo = order.billingAddress().map(MailingAddress::toPostal);
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

    private static Optional<GeoPoint> point(MailingAddress address) {
        if (address.latitude().isEmpty() || address.longitude().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new GeoPoint(address.latitude().get(), address.longitude().get()).coarse());
    }
}
