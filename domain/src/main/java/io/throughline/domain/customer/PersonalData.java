package io.throughline.domain.customer;

import java.util.Optional;

/** Who an order is for and where it goes. Lives in one erasable table and nowhere else; {@code toString} shows nothing of it. */
public record PersonalData(
        Optional<String> name,
        Optional<String> email,
        Optional<String> phone,
        Optional<PostalAddress> shipTo,
        Optional<PostalAddress> billTo) {

    public static PersonalData none() {
        return new PersonalData(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Override
    public String toString() {
        return "PersonalData[not shown]";
    }

    /** A postal address as the channel gave it; country is ISO 3166-1 alpha-2. */
    public record PostalAddress(
            Optional<String> name,
            Optional<String> street,
            Optional<String> city,
            Optional<String> province,
            Optional<String> postalCode,
            Optional<String> country,
            Optional<String> phone) {
        @Override
        public String toString() {
            return "PostalAddress[not shown]";
        }
    }
}
