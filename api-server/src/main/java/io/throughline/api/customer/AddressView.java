package io.throughline.api.customer;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.customer.PersonalData;
import java.util.Optional;

/** Where somebody lives. */
@Schema(name = "Address")
public record AddressView(
        Optional<String> name,
        Optional<String> street,
        Optional<String> city,
        Optional<String> province,
        Optional<String> postalCode,
        Optional<String> country,
        Optional<String> phone) {
    public static AddressView of(PersonalData.PostalAddress address) {
        return new AddressView(
                address.name(),
                address.street(),
                address.city(),
                address.province(),
                address.postalCode(),
                address.country(),
                address.phone());
    }

    public static AddressView masked(PersonalData.PostalAddress address) {
        return new AddressView(
                address.name().map(Mask::words),
                address.street().map(Mask::all),
                address.city().map(Mask::all),
                address.province(),
                address.postalCode().map(Mask::all),
                address.country(),
                address.phone().map(Mask::all));
    }
}
