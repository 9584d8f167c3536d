package io.throughline.api.intervention;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.AmendmentKind;
import io.throughline.domain.intervention.CaseFiles;
import io.throughline.domain.intervention.RefusedDocument;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is told of one case beside what lists tell. */
@Schema(name = "CaseDetail")
public record CaseDetail(
        @Schema(description = "The call to another system that failed, without personal data")
        Optional<ExchangeView> exchange,

        @Schema(description = "What of the refused document can be amended, as far as it is known")
        Optional<DocumentView> document,

        @Schema(description = "What an amendment of it must be like, where it takes one")
        Optional<AmendmentFormView> amendment,

        @Schema(description = "What happened to the case, in order; it is never changed")
        List<EventView> history,

        @Schema(description = "How each legal action is decided, ready to be pasted")
        List<Payload> payloads) {

    /** What a system was asked and how it answered. */
    @Schema(name = "Exchange")
    public record ExchangeView(
            String account,
            OutsideSystem system,
            String operation,
            Optional<String> request,
            String answer,
            Instant at) {
        static ExchangeView of(CaseFiles.Exchange exchange) {
            return new ExchangeView(
                    exchange.account().value(),
                    exchange.system(),
                    exchange.operation(),
                    exchange.request(),
                    exchange.answer(),
                    exchange.at());
        }
    }

    /** A refused document: the day on which it happened, and the products on its lines. */
    @Schema(name = "RefusedDocument")
    public record DocumentView(Optional<LocalDate> businessDate, List<String> products) {
        static DocumentView of(RefusedDocument document) {
            return new DocumentView(document.day(), document.products());
        }
    }

    /** What is amended: the form of it, and the values as they are, what is personal of them only for SUPPORT. */
    @Schema(name = "AmendmentForm")
    public record AmendmentFormView(
            AmendmentKind kind,

            @Schema(description = "A JSON Schema of `amendment`", implementation = Object.class)
            Map<String, Object> schema,

            Map<String, String> now) {}

    /** What happened, and who did it. Words are there for those who decide cases. */
    @Schema(name = "CaseEvent")
    public record EventView(Instant at, String kind, Optional<String> actor, String summary, Optional<String> words) {
        static EventView of(CaseFiles.Event event, boolean showWords) {
            return new EventView(
                    event.at(),
                    event.kind(),
                    event.actor(),
                    event.summary(),
                    event.words().filter(words -> showWords));
        }
    }

    /**
     * One way to decide; {@code temporal} and {@code input} are there where words are enough, and may only propose where much is at stake.
     */
    @Schema(name = "DecisionPayload")
    public record Payload(
            Action action,

            @Schema(description = "For a shell, with an API key in KEY")
            String rest,

            @Schema(description = "What `rest` sends, for any other client of POST /v1/cases/{id}/decisions")
            String body,

            @Schema(
                    description =
                            "The same through Temporal, which knows nobody: where much is at stake it only proposes")
            Optional<String> temporal,

            @Schema(
                    description =
                            "For Temporal's UI: the input of the update `decide`, or of the signal `propose`, of the"
                                    + " process that `temporal` names, or of the `CaseDecision` that it starts")
            Optional<String> input) {}
}
