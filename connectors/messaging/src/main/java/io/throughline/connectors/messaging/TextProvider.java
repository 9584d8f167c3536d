package io.throughline.connectors.messaging;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.Base64;
import java.util.Optional;

/**
 * Text messages by Twilio's API. It knows neither idempotency keys nor a field for a reference, so ours ends the text and the
 * messages to the same number are read to find it.
 */
final class TextProvider {

    static final String NAME = "the text message provider";
    private static final int MOST_FOUND = 200;

    private final MessagingConfig.Texts config;
    private final SystemCalls calls;
    private final String messages;
    private final String authorization;

    TextProvider(MessagingConfig.Texts config, SystemCalls calls) {
        this.config = config;
        this.calls = calls;
        messages = config.baseUrl() + "/2010-04-01/Accounts/" + config.accountSid() + "/Messages.json";
        authorization = "Basic "
                + Base64.getEncoder()
                        .encodeToString(
                                (config.accountSid() + ":" + config.authToken()).getBytes(StandardCharsets.UTF_8));
    }

    Optional<Receipt> find(String to, String reference) {
        URI uri = URI.create(messages + "?PageSize=" + MOST_FOUND + "&To=" + encode(number(to)));
        Answer answer = calls.call(authorized(uri).GET(), false);
        if (answer.refused()) {
            throw SystemFailure.withoutEffect(
                    FailureCode.SYSTEM_ERROR, NAME + " refuses to search: " + answer.status(), null);
        }
        for (JsonNode message : answer.json().path("messages")) {
            if (message.path("body").asText("").endsWith(ending(reference))) {
                return Optional.of(Receipt.of(message.path("sid").asText()));
            }
        }
        return Optional.empty();
    }

    Reply send(String to, String reference, Wording wording) {
        String form = "To=" + encode(number(to)) + "&From=" + encode(config.from()) + "&Body="
                + encode(wording.text() + ending(reference));
        HttpRequest.Builder request = authorized(URI.create(messages))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        Answer answer = calls.call(request, true);
        if (answer.refused()) {
            String code = answer.json().path("code").asText("");
            return Reply.refused(
                    FailureCode.MESSAGE_REFUSED, "text message refused with " + answer.status() + " " + code);
        }
        return Reply.done(answer.json().path("sid").asText(reference));
    }

    private static String ending(String reference) {
        return " Ref. " + reference;
    }

    /** Without the blanks, dashes and brackets that people write. */
    private static String number(String phone) {
        return phone.replaceAll("[^+0-9]", "");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder authorized(URI uri) {
        return HttpRequest.newBuilder(uri).header("Authorization", authorization);
    }
}
