package io.throughline.runtime.retailer;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.customer.PersonalData.PostalAddress;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.GeoPoint;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one facility. Every account that it names must be configured. */
final class FacilityReader {
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

    private final Accounts accounts;

    FacilityReader(Accounts accounts) {
        this.accounts = accounts;
    }

    Facility read(YamlSection section) {
        FacilityId id = section.value("id", "a name of 1 to 40 of A-Z, 0-9 and -", FacilityReader::realFacility);
        Map<AccountId, String> locations = section.map(
                "locations", "for each account that knows the facility, its name there", this::account, text -> text);
        AccountId workAccount = section.value("workAccount", known(), this::account);
        if (!locations.containsKey(workAccount)) {
            throw section.wrong(
                    "locations", "'" + workAccount + "' gives " + id + " its work: add the facility's name there");
        }
        String name = section.text("name", "the name that people call it by");
        String country = section.value("country", "two letters of ISO 3166-1 such as US", FacilityReader::country);
        return new Facility(
                id,
                name,
                section.value("kind", "one of " + List.of(Facility.Kind.values()), Facility.Kind::valueOf),
                section.value("zone", "a time zone such as America/New_York", ZoneId::of),
                country,
                new GeoPoint(degrees(section, "latitude", 90), degrees(section, "longitude", 180)),
                workAccount,
                locations,
                Set.copyOf(section.values("serves", known(), this::account)),
                Set.copyOf(section.values(
                        "methods", "any of " + List.of(DeliveryMethod.values()), DeliveryMethod::valueOf)),
                section.optionalValue("labels", "the id of an account whose system is CARRIER", this::carrier),
                section.has("address")
                        ? Optional.of(section.section(
                                "address",
                                "street, city, province and postalCode",
                                address -> address(address, name, country)))
                        : Optional.empty());
    }

    private static PostalAddress address(YamlSection section, String name, String country) {
        return new PostalAddress(
                Optional.of(name),
                Optional.of(section.text("street", "the street and the number")),
                Optional.of(section.text("city", "the city")),
                section.optionalText("province"),
                Optional.of(section.text("postalCode", "the postal code, in quotation marks")),
                Optional.of(country),
                section.optionalText("phone"));
    }

    private static FacilityId realFacility(String text) {
        FacilityId id = new FacilityId(text);
        if (id.equals(FacilityId.UNROUTED)) {
            throw new IllegalArgumentException("reserved");
        }
        return id;
    }

    private static double degrees(YamlSection section, String key, int limit) {
        return section.value(key, "degrees between -" + limit + " and " + limit, text -> {
            double degrees = Double.parseDouble(text);
            if (!(Math.abs(degrees) <= limit)) {
                throw new IllegalArgumentException(text);
            }
            return degrees;
        });
    }

    private static String country(String text) {
        if (!COUNTRY.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    private AccountId carrier(String text) {
        if (accounts.get(AccountId.of(text)).system() != OutsideSystem.CARRIER) {
            throw new IllegalArgumentException(text);
        }
        return AccountId.of(text);
    }

    private AccountId account(String text) {
        return accounts.get(AccountId.of(text)).id();
    }

    private String known() {
        return "one of the accounts "
                + accounts.all().stream().map(account -> account.id()).toList();
    }
}
