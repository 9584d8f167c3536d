package io.throughline.connectors.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.connectors.http.Answer;
import io.throughline.connectors.http.SystemCalls;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Mail by SendGrid's v3 API. It knows no idempotency keys; our reference travels as a custom argument, by which the provider's
 * activity finds a mail again.
 */
final class MailProvider {

    static final String NAME = "the mail provider";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final MessagingConfig.Mail config;
    private final SystemCalls calls;

    MailProvider(MessagingConfig.Mail config, SystemCalls calls) {
        this.config = config;
        this.calls = calls;
    }

    Optional<Receipt> find(String reference) {
        String query = "unique_args['reference']=\"" + reference.replace("\"", "") + "\"";
        URI uri = URI.create(
                config.baseUrl() + "/v3/messages?limit=10&query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        Answer answer = calls.call(authorized(uri).GET(), false);
        if (answer.refused()) {
            throw SystemFailure.withoutEffect(
                    FailureCode.SYSTEM_ERROR, NAME + " refuses to search: " + answer.status(), null);
        }
        JsonNode first = answer.json().path("messages").path(0);
        return Optional.of(first.path("msg_id").asText(""))
                .filter(id -> !id.isEmpty())
                .map(Receipt::of);
    }

    Reply send(String to, String reference, Wording wording) {
        Map<String, Object> body = Map.of(
                "personalizations", List.of(Map.of("to", List.of(Map.of("email", to)))),
                "from", Map.of("email", config.from()),
                "subject", wording.subject(),
                "content", List.of(Map.of("type", "text/plain", "value", wording.text())),
                "custom_args", Map.of("reference", reference));
        HttpRequest.Builder request = authorized(URI.create(config.baseUrl() + "/v3/mail/send"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.valueToTree(body).toString()));
        Answer answer = calls.call(request, true);
        if (answer.refused()) {
            return Reply.refused(FailureCode.MESSAGE_REFUSED, "mail refused with " + answer.status() + field(answer));
        }
        String id = answer.header("X-Message-Id");
        return Reply.done(id.isEmpty() ? reference : id);
    }

    /** The provider's words may quote the address, so only the name of the field that is to blame is kept. */
    private static String field(Answer answer) {
        if (!answer.text().startsWith("{")) {
            return "";
        }
        String field = answer.json().path("errors").path(0).path("field").asText("");
        return field.matches("[a-z0-9_.]{1,80}") ? " because of " + field : "";
    }

    private HttpRequest.Builder authorized(URI uri) {
        return HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + config.apiKey());
    }
}
