package io.throughline.domain.fulfillment;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The steps of a reroute name the work that it is about, for a reroute is a process beside that of its order. */
public final class RerouteStep {
    private static final Pattern FORM = Pattern.compile(
            "(?:reroute\\.[a-z-]+|customer\\.tell-(?:choices|wait|moved)) (O-[0-9A-Z]{10}-F[1-9][0-9]{0,3})");

    private RerouteStep() {}

    /** The work whose reroute takes this step. Empty when the step is another process's. */
    public static Optional<FulfillmentOrderId> work(String step) {
        Matcher form = FORM.matcher(step);
        return form.matches() ? Optional.of(new FulfillmentOrderId(form.group(1))) : Optional.empty();
    }
}
