package io.throughline.api.console.cases;

import io.throughline.api.console.Moment;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Words;
import io.throughline.domain.intervention.CaseFiles.Exchange;
import java.util.Optional;

/** The call that a case comes from: which system was asked for what, and how it answered; neither holds personal data. */
public record Refusal(
        String system, String account, String operation, Optional<String> request, String answer, Moment at) {
    static Refusal of(Exchange exchange, Moments moments) {
        return new Refusal(
                Words.of(exchange.system()),
                exchange.account().value(),
                exchange.operation(),
                exchange.request(),
                exchange.answer(),
                moments.of(exchange.at()));
    }
}
