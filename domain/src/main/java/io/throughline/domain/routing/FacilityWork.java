package io.throughline.domain.routing;

/** How much work a facility has: pieces that are {@code open}, and those it was given within the last hour and kept. */
public record FacilityWork(int open, int givenWithinHour) {
    public static FacilityWork none() {
        return new FacilityWork(0, 0);
    }
}
