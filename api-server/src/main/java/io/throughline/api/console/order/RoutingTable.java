package io.throughline.api.console.order;

import io.throughline.api.console.Badge;
import io.throughline.api.console.Moment;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.Tone;
import io.throughline.api.console.Words;
import io.throughline.domain.routing.RoutingDecision;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How an order was routed last: what came of it, and what was thought of each facility. */
public record RoutingTable(String summary, Optional<Moment> lookAgain, Optional<Moment> cancel, List<Row> rows) {
    /** As decisions tell it: the rule, the facility with its verdict, its score or the reason against it. */
    private static final Pattern CONSIDERED = Pattern.compile("(.*?), ([A-Z0-9][A-Z0-9-]{0,39}) ([A-Z_]+)(?:: (.*))?");

    private static final Pattern REST = Pattern.compile("(.*?), and (.*)");

    /** A facility that was thought of; without a verdict the many that are not told one by one. */
    public record Row(String rule, String facility, Optional<String> address, Optional<Badge> verdict, String words) {
        static Row of(String line) {
            Matcher told = CONSIDERED.matcher(line);
            if (told.matches()) {
                String why = told.group(4);
                return new Row(
                        told.group(1),
                        told.group(2),
                        Optional.of(Subjects.facility(told.group(2))),
                        Optional.of(new Badge(
                                Words.of(told.group(3)), told.group(3).equals("CHOSEN") ? Tone.GOOD : Tone.QUIET)),
                        why == null ? "" : why);
            }
            Matcher rest = REST.matcher(line);
            return rest.matches()
                    ? new Row(rest.group(1), "others", Optional.empty(), Optional.empty(), rest.group(2))
                    : new Row("", "", Optional.empty(), Optional.empty(), line);
        }
    }

    static RoutingTable of(RoutingDecision decision, Moments moments) {
        return new RoutingTable(
                decision.summary(),
                moments.of(decision.lookAgainAt()),
                moments.of(decision.cancelAt()),
                decision.considered().stream().map(Row::of).toList());
    }
}
