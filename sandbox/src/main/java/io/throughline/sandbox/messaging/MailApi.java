package io.throughline.sandbox.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.Request;
import io.throughline.sandbox.core.Response;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Mail in the shape of SendGrid's v3 API: {@code POST /v3/mail/send}, 202 with {@code X-Message-Id}; sent mail is found again
 * by its unique arguments at {@code GET /v3/messages}.
 */
final class MailApi {

    private static final int MOST_BYTES = 30 * 1024 * 1024;
    private static final Pattern ADDRESS = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");
    private static final Pattern QUERY =
            Pattern.compile("\\(?\\s*unique_args\\['([A-Za-z0-9_]+)'\\]\\s*=\\s*\"([^\"]*)\"\\s*\\)?");

    private final SentMessages sent;
    private final String apiKey;

    MailApi(SentMessages sent, String apiKey) {
        this.sent = sent;
        this.apiKey = apiKey;
    }

    Response handle(Request request) throws Exception {
        if (request.header("authorization").filter(("Bearer " + apiKey)::equals).isEmpty()) {
            return error(401, "authorization required", "");
        }
        return switch (request.method() + " " + request.path()) {
            case "POST /v3/mail/send" -> send(request);
            case "GET /v3/messages" -> activity(request.parameter("query").orElse(""));
            default -> error(404, "not found", "");
        };
    }

    private Response send(Request request) throws Exception {
        if (request.body().length > MOST_BYTES) {
            return error(413, "payload too large", "");
        }
        JsonNode body = request.json();
        JsonNode personalization = body.path("personalizations").path(0);
        String to = personalization.path("to").path(0).path("email").asText("");
        if (!ADDRESS.matcher(to).matches()) {
            return error(400, "Does not contain a valid address.", "personalizations.0.to.0.email");
        }
        if (body.path("from").path("email").asText("").isEmpty()) {
            return error(400, "The from object must be provided for every email send.", "from.email");
        }
        if (body.path("content").path(0).path("value").asText("").isEmpty()) {
            return error(
                    400, "The content value must be a string at least one character in length.", "content.0.value");
        }
        ObjectNode arguments = Json.object();
        body.path("custom_args").properties().forEach(entry -> arguments.set(entry.getKey(), entry.getValue()));
        personalization
                .path("custom_args")
                .properties()
                .forEach(entry -> arguments.set(entry.getKey(), entry.getValue()));
        String id = UUID.randomUUID().toString().replace("-", "").substring(0, 22);
        ObjectNode message = Json.object()
                .put("id", id)
                .put("channel", "mail")
                .put("from", body.path("from").path("email").asText())
                .put("to", to)
                .put(
                        "subject",
                        personalization
                                .path("subject")
                                .asText(body.path("subject").asText("")))
                .put("text", body.path("content").path(0).path("value").asText())
                .put("reference", arguments.path("reference").asText(""));
        message.set("uniqueArgs", arguments);
        sent.keep("mail", message);
        return Response.empty(202).withHeader("X-Message-Id", id);
    }

    private Response activity(String query) {
        Matcher matcher = QUERY.matcher(query);
        if (!matcher.matches()) {
            return error(400, "query is not supported", "query");
        }
        ObjectNode answer = Json.object();
        ArrayNode messages = answer.putArray("messages");
        for (JsonNode message : sent.all()) {
            if (matcher.group(2)
                    .equals(message.path("uniqueArgs").path(matcher.group(1)).asText(""))) {
                messages.addObject()
                        .put("from_email", message.path("from").asText())
                        .put("msg_id", message.path("id").asText())
                        .put("subject", message.path("subject").asText())
                        .put("to_email", message.path("to").asText())
                        .put("status", "delivered")
                        .put("last_event_time", message.path("at").asText());
            }
        }
        return Response.json(200, answer);
    }

    static Response error(int status, String message, String field) {
        ObjectNode error = Json.object().put("message", message);
        Optional.of(field)
                .filter(name -> !name.isEmpty())
                .ifPresentOrElse(name -> error.put("field", name), () -> error.putNull("field"));
        ObjectNode body = Json.object();
        body.putArray("errors").add(error.putNull("help"));
        return Response.json(status, body);
    }
}
