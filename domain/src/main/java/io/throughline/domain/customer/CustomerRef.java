package io.throughline.domain.customer;

/**
 * Points at a row of the one erasable table of personal data. It may appear in histories, traces and logs; what it points at may not.
 */
public record CustomerRef(String value) {
    @Override
    public String toString() {
        return value;
    }
}
