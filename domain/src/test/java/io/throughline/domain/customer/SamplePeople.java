package io.throughline.domain.customer;

import java.util.Optional;

/** Customers for tests; none of them lives. */
public final class SamplePeople {
    /** A parcel finds her, and nobody can write to her. */
    public static final PersonalData ADA = new PersonalData(
            Optional.of("Ada Canary"),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new PersonalData.PostalAddress(
                    Optional.empty(),
                    Optional.of("1 Main Street"),
                    Optional.of("Cambridge"),
                    Optional.empty(),
                    Optional.of("02139"),
                    Optional.of("US"),
                    Optional.empty())),
            Optional.empty());

    private SamplePeople() {}
}
