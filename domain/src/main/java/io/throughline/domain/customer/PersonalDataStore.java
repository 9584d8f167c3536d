package io.throughline.domain.customer;

import java.util.Optional;

/** The one erasable table. */
public interface PersonalDataStore {
    Optional<PersonalData> find(CustomerRef ref);

    /** Forgets a person: the row's content is gone, the reference stays valid and empty. */
    void erase(CustomerRef ref);
}
