package io.throughline.domain.intervention;

/** How a case is closed whose step has come through: then its cause has gone, and what else has that cause may be tried again. */
public final class Relief {
    public static final String THROUGH = "the step is through";
    public static final String WORKS_AGAIN = "it works again";

    /** Before why nobody has to decide it any more. */
    private static final String GONE = "its cause has gone: ";

    private Relief() {}

    public static String gone(String why) {
        return GONE + why;
    }
}
