package io.throughline.sandbox.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.Request;
import io.throughline.sandbox.core.Response;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Text messages in the shape of Twilio's API: {@code POST} and {@code GET /2010-04-01/Accounts/{sid}/Messages.json}. */
final class TextApi {

    private static final int MOST_CHARACTERS = 1600;

    private final SentMessages sent;
    private final String accountSid;
    private final String path;
    private final String authorization;

    TextApi(SentMessages sent, String accountSid, String authToken) {
        this.sent = sent;
        this.accountSid = accountSid;
        path = "/2010-04-01/Accounts/" + accountSid + "/Messages.json";
        authorization = "Basic "
                + Base64.getEncoder().encodeToString((accountSid + ":" + authToken).getBytes(StandardCharsets.UTF_8));
    }

    Response handle(Request request) throws Exception {
        if (request.header("authorization").filter(authorization::equals).isEmpty()) {
            return error(401, 20003, "Authenticate");
        }
        if (!path.equals(request.path())) {
            return error(404, 20404, "The requested resource " + request.path() + " was not found");
        }
        return switch (request.method()) {
            case "POST" -> send(form(request.text()));
            case "GET" -> list(request.parameter("To"));
            default -> error(405, 20004, "Method not allowed");
        };
    }

    private Response send(Map<String, String> form) throws Exception {
        String to = form.getOrDefault("To", "");
        String body = form.getOrDefault("Body", "");
        if (!to.matches("\\+[1-9][0-9]{6,14}")) {
            return error(400, 21211, "Invalid 'To' Phone Number: " + to.replaceAll("[0-9]", "X"));
        }
        if (form.getOrDefault("From", "").isEmpty()) {
            return error(400, 21603, "A 'From' phone number is required.");
        }
        if (body.isEmpty()) {
            return error(400, 21602, "Message body is required.");
        }
        if (body.length() > MOST_CHARACTERS) {
            return error(400, 21617, "The concatenated message body exceeds the 1600 character limit.");
        }
        ObjectNode message = Json.object()
                .put("id", "SM" + UUID.randomUUID().toString().replace("-", ""))
                .put("channel", "sms")
                .put("from", form.getOrDefault("From", ""))
                .put("to", to)
                .put("text", body)
                .put("reference", reference(body));
        return Response.json(201, wire(sent.keep("sms", message)));
    }

    /** A text message has no field for a reference, so a caller writes {@code Ref. …} at its end. */
    private static String reference(String body) {
        int mark = body.lastIndexOf("Ref. ");
        return mark < 0 ? "" : body.substring(mark + "Ref. ".length()).trim();
    }

    private Response list(Optional<String> to) {
        ObjectNode answer = Json.object();
        ArrayNode messages = answer.putArray("messages");
        for (JsonNode message : sent.all()) {
            if ("sms".equals(message.path("channel").asText())
                    && to.filter(wanted -> !wanted.equals(message.path("to").asText()))
                            .isEmpty()) {
                messages.add(wire(message));
            }
        }
        answer.putNull("next_page_uri").put("page", 0).put("page_size", 50);
        return Response.json(200, answer);
    }

    private ObjectNode wire(JsonNode message) {
        return Json.object()
                .put("sid", message.path("id").asText())
                .put("account_sid", accountSid)
                .put("to", message.path("to").asText())
                .put("from", message.path("from").asText())
                .put("body", message.path("text").asText())
                .put("status", "queued")
                .put("direction", "outbound-api")
                .put("num_segments", "1")
                .putNull("error_code")
                .put("date_created", message.path("at").asText());
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return form;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    static Response error(int status, int code, String message) {
        return Response.json(
                status,
                Json.object()
                        .put("code", code)
                        .put("message", message)
                        .put("more_info", "https://www.twilio.com/docs/errors/" + code)
                        .put("status", status));
    }
}
