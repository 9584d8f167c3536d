package io.throughline.api.console.cases;

import io.throughline.api.access.Caller;
import io.throughline.api.console.Form;
import io.throughline.api.console.Words;
import io.throughline.api.http.Parameters;
import io.throughline.api.intervention.CaseViews;
import io.throughline.api.intervention.CasesResource.DecisionRequest;
import io.throughline.api.intervention.Decisions;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Amendable;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.RefusedDocument;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What somebody may decide about cases with one code: the {@code others} are for whoever has the role {@code decider}. */
public record DecisionForm(List<Option> options, List<Amendment> amendments, List<String> others, String decider) {
    /** Something that may be decided, in the words of whom it concerns. */
    public record Option(String action, String label, String meaning) {}

    /** A value that may be amended with AMEND_AND_RETRY; {@code now} is what the document says of it, {@code sort} that of its field. */
    public record Amendment(
            String key, String label, String sort, List<String> values, String rule, Optional<String> now) {
        private static Amendment of(Amendable value, RefusedDocument document, Map<String, String> now) {
            return new Amendment(
                    value.key(),
                    label(value),
                    sort(value),
                    value.form().values(),
                    value.rule(),
                    switch (value) {
                        case POSTING_DATE -> document.day().map(LocalDate::toString);
                        case STAND_INS, PRODUCT_NAMES ->
                            Optional.of(String.join(", ", document.products())).filter(known -> !known.isEmpty());
                        default -> Optional.ofNullable(now.get(value.key()));
                    });
        }

        private static String label(Amendable value) {
            return switch (value) {
                case POSTING_DATE -> "Posting date";
                case STAND_INS -> "Products that stand in";
                case PRODUCT_NAMES -> "Which products are meant";
                case PRODUCT_NAMES_FOR -> "For whom that holds";
                case SHIP_TO_NAME -> "Name of whom it goes to";
                case SHIP_TO_STREET -> "Street and further lines";
                case SHIP_TO_CITY -> "City";
                case SHIP_TO_POSTAL_CODE -> "Postal code";
                case SHIP_TO_PROVINCE -> "Province or state";
                case SHIP_TO_COUNTRY -> "Country";
                case SHIP_TO_PHONE -> "Telephone of whom it goes to";
                case CUSTOMER_EMAIL -> "E-mail address";
                case CUSTOMER_PHONE -> "Telephone";
            };
        }

        private static String sort(Amendable value) {
            return switch (value) {
                case POSTING_DATE -> "date";
                case CUSTOMER_EMAIL -> "email";
                case CUSTOMER_PHONE, SHIP_TO_PHONE -> "tel";
                default -> "text";
            };
        }
    }

    private static final RefusedDocument UNKNOWN = new RefusedDocument(Optional.empty(), List.of());

    /** Nothing is to be decided. */
    static DecisionForm none() {
        return new DecisionForm(List.of(), List.of(), List.of(), "");
    }

    /** About many cases. */
    static DecisionForm of(FailureCode code, Caller caller) {
        Set<Action> legal = code.actions();
        if (!code.amendable().stream().allMatch(Amendable::forMany)) {
            legal.remove(Action.AMEND_AND_RETRY);
        }
        return of(code, legal, UNKNOWN, Map.of(), caller);
    }

    static DecisionForm of(Case about, Caller caller) {
        return of(about, UNKNOWN, Map.of(), caller);
    }

    static DecisionForm of(Case about, RefusedDocument document, Map<String, String> now, Caller caller) {
        return of(about.code(), about.legalActions(), document, now, caller);
    }

    private static DecisionForm of(
            FailureCode code, Set<Action> legal, RefusedDocument document, Map<String, String> now, Caller caller) {
        List<Action> theirs = decidable(code, legal, caller, true);
        return new DecisionForm(
                theirs.stream()
                        .map(action -> new Option(action.name(), Words.of(action), meaning(action)))
                        .toList(),
                theirs.contains(Action.AMEND_AND_RETRY)
                        ? code.amendable().stream()
                                .map(one -> Amendment.of(one, document, now))
                                .toList()
                        : List.of(),
                decidable(code, legal, caller, false).stream().map(Words::of).toList(),
                Words.of(code.owner()));
    }

    public boolean open() {
        return !options.isEmpty() || !others.isEmpty();
    }

    private static List<Action> decidable(FailureCode code, Set<Action> legal, Caller caller, boolean byThem) {
        return legal.stream()
                .sorted()
                .filter(action -> mayDecide(code, action, caller) == byThem)
                .toList();
    }

    private static boolean mayDecide(FailureCode code, Action action, Caller caller) {
        return CaseViews.mayReadWords(caller) && Decisions.mayDecide(code, action, caller);
    }

    private static String meaning(Action action) {
        return switch (action) {
            case RETRY -> "The cause is mended: try the same again.";
            case AMEND_AND_RETRY -> "Try again with what is filled in below; you see first what would change.";
            case REROUTE -> "Take the work from this facility and find another.";
            case RELEASE_HOLD -> "Let it go on.";
            case ACCEPT_DIFFERENCE -> "Go on as if it had been done: the difference is known and borne.";
            case PUBLISH_AGAIN -> "Have it show the ledger's number again, whatever it shows by now.";
            case BOOK_AS_RETURN ->
                "What the channel gave back becomes a return: the ERP gets its credit note and payment, the goods that were taken off are waited for.";
            case CANCEL -> "End the order and undo what was done.";
        };
    }

    /** What can be amended is part of the same form whatever is decided; it counts with AMEND_AND_RETRY only. */
    static DecisionRequest read(Form form) {
        Action action = form.text("action")
                .flatMap(text -> Parameters.name(text, Action::valueOf))
                .orElseThrow(() -> new ProblemException(ProblemType.INVALID_CONTENT, "Choose what to do."));
        Map<String, String> amendment = new HashMap<>();
        if (action == Action.AMEND_AND_RETRY) {
            for (Amendable amendable : Amendable.values()) {
                form.text(amendable.key()).ifPresent(value -> amendment.put(amendable.key(), value));
            }
        }
        return new DecisionRequest(action, form.text("note"), amendment, form.text("amendmentId"));
    }
}
