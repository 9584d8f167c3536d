package io.throughline.domain.customer;

import java.util.Optional;

/** The one erasable table. */
public interface PersonalDataStore {
    Optional<PersonalData> find(CustomerRef ref);

    /**
     * What somebody wrote in their own words about {@code about}: an order (why it shall end), a case (the note on its decision) or work
     * at a facility (why it was given back).
     */
    Optional<String> words(String about);

    /** Forgets a person, with all that was written about their order: the contents are gone, the reference stays valid and empty. */
    void erase(CustomerRef ref);
}
