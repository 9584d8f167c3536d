package io.throughline.domain.intervention;

import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.customer.PersonalData.PostalAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A person as people have amended it. An amendment holds for as long as the channel says what it said when that was made: what the channel says
 * anew is newer.
 */
public final class AmendedPerson {
    private AmendedPerson() {}

    /** What can be amended of a person, by the names of the fields. */
    public static Map<String, String> fields(PersonalData person) {
        Map<String, String> fields = new HashMap<>();
        put(fields, Amendable.CUSTOMER_EMAIL, person.email());
        put(fields, Amendable.CUSTOMER_PHONE, person.phone());
        person.shipTo().ifPresent(address -> {
            put(fields, Amendable.SHIP_TO_NAME, address.name());
            put(fields, Amendable.SHIP_TO_STREET, address.street());
            put(fields, Amendable.SHIP_TO_CITY, address.city());
            put(fields, Amendable.SHIP_TO_PROVINCE, address.province());
            put(fields, Amendable.SHIP_TO_POSTAL_CODE, address.postalCode());
            put(fields, Amendable.SHIP_TO_COUNTRY, address.country());
            put(fields, Amendable.SHIP_TO_PHONE, address.phone());
        });
        return fields;
    }

    private static void put(Map<String, String> fields, Amendable field, Optional<String> value) {
        value.ifPresent(known -> fields.put(field.key(), known));
    }

    public static PersonalData with(PersonalData person, Map<String, String> changed) {
        Map<String, String> all = fields(person);
        changed.forEach((field, value) -> {
            if (Amendment.isPersonal(field)) {
                all.put(field, value);
            }
        });
        boolean noAddress = person.shipTo().isEmpty()
                && AmendmentKind.SHIP_TO.fields().stream().map(Amendable::key).noneMatch(all::containsKey);
        return new PersonalData(
                person.name(),
                of(all, Amendable.CUSTOMER_EMAIL),
                of(all, Amendable.CUSTOMER_PHONE),
                noAddress ? Optional.empty() : Optional.of(shipTo(all)),
                person.billTo());
    }

    private static PostalAddress shipTo(Map<String, String> fields) {
        return new PostalAddress(
                of(fields, Amendable.SHIP_TO_NAME),
                of(fields, Amendable.SHIP_TO_STREET),
                of(fields, Amendable.SHIP_TO_CITY),
                of(fields, Amendable.SHIP_TO_PROVINCE),
                of(fields, Amendable.SHIP_TO_POSTAL_CODE),
                of(fields, Amendable.SHIP_TO_COUNTRY),
                of(fields, Amendable.SHIP_TO_PHONE));
    }

    private static Optional<String> of(Map<String, String> fields, Amendable field) {
        return Optional.ofNullable(fields.get(field.key()));
    }

    /** As the channel tells it, with what was amended of it, the oldest amendment first. */
    public static PersonalData amended(PersonalData told, List<Amendment> amendments) {
        Map<String, String> now = fields(told);
        Map<String, String> changed = new HashMap<>();
        for (Amendment one : amendments) {
            one.fields().forEach((field, value) -> {
                if (Optional.ofNullable(now.get(field))
                        .equals(Optional.ofNullable(one.was().get(field)))) {
                    now.put(field, value);
                    changed.put(field, value);
                }
            });
        }
        return changed.isEmpty() ? told : with(told, changed);
    }
}
