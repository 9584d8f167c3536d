package io.throughline.api.console.cases;

import io.throughline.api.console.Words;
import io.throughline.api.http.Links;
import io.throughline.api.intervention.CaseDetail.Payload;
import io.throughline.api.intervention.DecisionWays;
import io.throughline.domain.intervention.CaseId;
import java.util.List;
import java.util.Optional;

/**
 * How a case is decided without the console, ready to be pasted. {@code process} is the address of the process that takes the decision as an update;
 * where there is none, a {@code CaseDecision} of that id is started.
 */
public record Elsewhere(Optional<String> process, String starts, List<Way> ways) {
    /** One decision; {@code temporal} and {@code input} are there where words are enough. */
    public record Way(
            String action, String label, String rest, String body, Optional<String> temporal, Optional<String> input) {
        private static Way of(Payload payload) {
            return new Way(
                    payload.action().name(),
                    Words.of(payload.action()),
                    payload.rest(),
                    payload.body(),
                    payload.temporal(),
                    payload.input());
        }
    }

    static Elsewhere of(CaseId about, DecisionWays ways, Links links) {
        return new Elsewhere(
                ways.process().map(id -> links.process(id).toString()),
                "case/" + about,
                ways.payloads().stream().map(Way::of).toList());
    }
}
