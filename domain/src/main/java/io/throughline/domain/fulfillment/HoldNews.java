package io.throughline.domain.fulfillment;

/**
 * How far the system of a facility has been told that work which it has is held. What it is told is numbered: an odd number is a hold, the even one
 * after it its end. The last {@code asked} for is as many as were wanted; those up to {@code told} are settled.
 */
public record HoldNews(int asked, int told) {
    public static final HoldNews NONE = new HoldNews(0, 0);

    public HoldNews {
        if (told < 0 || told > asked) {
            throw new IllegalArgumentException("only what was asked for is told");
        }
    }

    /** Whether it does not know how it stands, or may not. */
    boolean toTell(boolean held) {
        return told < asked || isHold(asked) != held;
    }

    /** What it is told next; what may have reached it already is told to its end first. */
    int next() {
        return told < asked ? asked : asked + 1;
    }

    static boolean isHold(int number) {
        return number % 2 == 1;
    }
}
