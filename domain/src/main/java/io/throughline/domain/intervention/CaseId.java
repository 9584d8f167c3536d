package io.throughline.domain.intervention;

/** Names a case, e.g. {@code C-1042}. */
public record CaseId(String value) {
    public CaseId {
        if (!value.matches("C-[1-9][0-9]{0,17}")) {
            throw new IllegalArgumentException("a case id looks like C-1042: '" + value + "'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
