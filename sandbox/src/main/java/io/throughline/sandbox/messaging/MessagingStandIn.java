package io.throughline.sandbox.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.Request;
import io.throughline.sandbox.core.Response;
import io.throughline.sandbox.core.SandboxContext;
import io.throughline.sandbox.core.StandIn;
import io.throughline.sandbox.core.StandInFactory;
import java.util.Optional;

/**
 * Mail below {@code /v3}, text messages below {@code /2010-04-01}. Operations are {@code mail.send}, {@code mail.search},
 * {@code sms.send} and {@code sms.search}. By control {@code GET /sent?to=&reference=} shows what went out.
 */
public final class MessagingStandIn implements StandIn {

    private static final String MAIL_KEY = "synthetic-mail-api-key";
    private static final String SMS_ACCOUNT = "AC00000000000000000000000000000001";
    private static final String SMS_TOKEN = "synthetic-sms-auth-token";

    private final SentMessages sent;
    private final MailApi mail;
    private final TextApi text;

    MessagingStandIn(SandboxContext context) {
        sent = new SentMessages(context.documents(), context.ledger(), context.clock());
        mail = new MailApi(sent, context.config().setting("messaging.mail.key", MAIL_KEY));
        text = new TextApi(
                sent,
                context.config().setting("messaging.sms.account", SMS_ACCOUNT),
                context.config().setting("messaging.sms.token", SMS_TOKEN));
    }

    /** Makes the stand-in; named in {@code META-INF/services}. */
    public static final class Factory implements StandInFactory {
        @Override
        public StandIn create(SandboxContext context) {
            return new MessagingStandIn(context);
        }
    }

    @Override
    public String system() {
        return "messaging";
    }

    @Override
    public String operation(Request request) {
        return (isText(request) ? "sms." : "mail.") + ("POST".equals(request.method()) ? "send" : "search");
    }

    private static boolean isText(Request request) {
        return request.path().startsWith("/2010-04-01/");
    }

    @Override
    public Response handle(Request request) throws Exception {
        return isText(request) ? text.handle(request) : mail.handle(request);
    }

    @Override
    public Response control(Request request) {
        if (!"GET".equals(request.method()) || !"/sent".equals(request.path())) {
            return MailApi.error(404, "not found", "");
        }
        ArrayNode found = Json.array();
        for (JsonNode message : sent.all()) {
            if (matches(request.parameter("to"), message.path("to"))
                    && matches(request.parameter("reference"), message.path("reference"))) {
                found.add(message);
            }
        }
        return Response.json(200, found);
    }

    private static boolean matches(Optional<String> wanted, JsonNode value) {
        return wanted.isEmpty() || wanted.get().equals(value.asText());
    }

    @Override
    public Response error(int status) {
        return MailApi.error(status, status == 429 ? "too many requests" : "error " + status, "");
    }
}
