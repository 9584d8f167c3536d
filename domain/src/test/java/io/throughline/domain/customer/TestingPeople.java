package io.throughline.domain.customer;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The erasable table, in memory. */
public final class TestingPeople implements PersonalDataStore {
    private final Map<CustomerRef, PersonalData> people = new HashMap<>();

    public synchronized void put(CustomerRef ref, PersonalData person) {
        people.put(ref, person);
    }

    @Override
    public synchronized Optional<PersonalData> find(CustomerRef ref) {
        return Optional.ofNullable(people.get(ref));
    }

    /** What was written is not kept here. */
    @Override
    public Optional<String> words(String about) {
        return Optional.empty();
    }

    @Override
    public synchronized void erase(CustomerRef ref) {
        people.computeIfPresent(ref, (key, person) -> PersonalData.none());
    }
}
