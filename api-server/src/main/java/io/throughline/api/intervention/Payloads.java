package io.throughline.api.intervention;

import io.throughline.api.http.Links;
import io.throughline.api.http.Parameters;
import io.throughline.api.intervention.CaseDetail.Payload;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Amendable;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.WordedDecision;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a case is decided from a shell, ready to be pasted: by this API, and by Temporal's own client, which tells the order's process as long
 * as there is one, or starts a process that does nothing else.
 */
final class Payloads {
    private final Orders orders;
    private final Links links;

    Payloads(Orders orders, Links links) {
        this.orders = orders;
        this.links = links;
    }

    DecisionWays of(Case found) {
        if (found.status() != CaseStatus.OPEN) {
            return new DecisionWays(Optional.empty(), List.of());
        }
        Optional<String> process = process(found);
        return new DecisionWays(
                process,
                found.legalActions().stream()
                        .sorted()
                        .map(action -> payload(found, action, process))
                        .toList());
    }

    private Payload payload(Case found, Action action, Optional<String> process) {
        String body = "{\"action\":\"" + action + "\"" + amendment(found, action) + "}";
        Optional<WordedDecision> worded =
                Optional.of(new WordedDecision(found.id(), action)).filter(_ -> WordedDecision.hasWords(action));
        return new Payload(
                action,
                rest(found, body),
                body,
                worded.map(decision -> temporal(decision, process)),
                worded.map(Payloads::input));
    }

    private Optional<String> process(Case found) {
        return Optional.of(found)
                .filter(Case::awaitedByItsOrder)
                .flatMap(one -> Parameters.name(one.subject(), OrderId::new))
                .flatMap(orders::view)
                .filter(order -> !order.status().ended())
                .map(OrderView::key)
                .map(OrderKey::workflowId);
    }

    private String rest(Case found, String body) {
        return "curl -X POST -H \"Authorization: Bearer $KEY\" -H 'Content-Type: application/json' -d '" + body + "' "
                + links.publicUrl() + "/v1/cases/" + found.id() + "/decisions";
    }

    private static String amendment(Case found, Action action) {
        if (action != Action.AMEND_AND_RETRY) {
            return "";
        }
        // What is of a person belongs in no line that a shell remembers.
        return found.code().amendable().stream().anyMatch(Amendable::personal)
                ? ",\"amendmentId\":\"ID-OF-A-KEPT-AMENDMENT\""
                : found.code().amendable().stream()
                        .map(one -> "\"" + one.key() + "\":\"" + example(one) + "\"")
                        .collect(Collectors.joining(",", ",\"amendment\":{", "}"));
    }

    private static String example(Amendable one) {
        return switch (one) {
            case POSTING_DATE -> "YYYY-MM-DD";
            case STAND_INS -> "PRODUCT=PRODUCT-OF-THE-ERP";
            case PRODUCT_NAMES -> "NAME-IN-THE-ORDER=PRODUCT-OF-OURS";
            case PRODUCT_NAMES_FOR -> "ORDER";
            default -> one.rule();
        };
    }

    private String temporal(WordedDecision decision, Optional<String> process) {
        String namespace = " --namespace " + links.temporalNamespace();
        return process.map(id -> "temporal workflow update execute" + namespace + " --workflow-id '" + id
                                + "' --name decide")
                        .orElseGet(() -> "temporal workflow execute" + namespace + " --workflow-id 'case/"
                                + decision.caseId() + "' --type CaseDecision --task-queue orders")
                + " --input '" + input(decision) + "'";
    }

    private static String input(WordedDecision decision) {
        return "\"" + decision + "\"";
    }
}
