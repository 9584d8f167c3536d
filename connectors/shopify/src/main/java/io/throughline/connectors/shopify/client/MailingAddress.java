package io.throughline.connectors.shopify.client;

import io.throughline.domain.customer.PersonalData.PostalAddress;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A postal address as Shopify gives it. */
public record MailingAddress(
        Optional<String> firstName,
        Optional<String> lastName,
        Optional<String> address1,
        Optional<String> address2,
        Optional<String> city,
        Optional<String> provinceCode,
        Optional<String> zip,
        Optional<String> countryCodeV2,
        Optional<String> phone,
        Optional<Double> latitude,
        Optional<Double> longitude) {
    public PostalAddress toPostal() {
        return new PostalAddress(
                joined(" ", firstName, lastName),
                joined(", ", address1, address2),
                city,
                provinceCode,
                zip,
                countryCodeV2,
                phone);
    }

    /** The parts that there are, in one text. */
    public static Optional<String> joined(String separator, Optional<String> first, Optional<String> second) {
        String text = Stream.of(first, second)
                .flatMap(Optional::stream)
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(separator));
        return Optional.of(text).filter(joined -> !joined.isEmpty());
    }

    @Override
    public String toString() {
        return "MailingAddress[not shown]";
    }
}
