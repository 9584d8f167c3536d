package io.throughline.domain.returns;

/** Units of an order's line that somebody has put on a shelf with a refund at the channel. {@code location} is the place, as the channel calls it. */
public record PutBack(String lineId, int units, String location) {
    public PutBack {
        if (units < 1) {
            throw new IllegalArgumentException("line " + lineId + ": units must be at least 1");
        }
    }
}
