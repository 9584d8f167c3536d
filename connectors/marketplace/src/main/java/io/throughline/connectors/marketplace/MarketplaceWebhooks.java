package io.throughline.connectors.marketplace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.wire.PostedSignature;
import io.throughline.wire.SharedSecrets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tells the webhooks of marketplaces from forged ones, by the raw body and the account's secret. */
public final class MarketplaceWebhooks {
    /** The header that carries the signature, in lower case. */
    public static final String SIGNATURE_HEADER = "x-marketplace-signature";

    /** An order shall be cancelled. */
    private static final String CANCELLATION = "order.cancellation_requested";

    /** Something of an order shall be taken back. */
    private static final String RETURN = "order.return_requested";

    private static final int MOST_LINES = 500;
    private static final int MOST_UNITS = 10_000;
    private static final int LONGEST_LINE = 100;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}");

    /** Why, as marketplaces say it. */
    private static final Map<String, ReturnReason> REASONS = Map.of(
            "NO_LONGER_WANTED", ReturnReason.UNWANTED,
            "DOES_NOT_FIT", ReturnReason.DOES_NOT_FIT,
            "NOT_AS_DESCRIBED", ReturnReason.NOT_AS_DESCRIBED,
            "DEFECTIVE", ReturnReason.DEFECTIVE,
            "DAMAGED", ReturnReason.DAMAGED_ON_ARRIVAL,
            "WRONG_ITEM", ReturnReason.WRONG_ITEM,
            "ARRIVED_LATE", ReturnReason.ARRIVED_LATE,
            "NOT_RECEIVED", ReturnReason.NEVER_ARRIVED,
            "OTHER", ReturnReason.OTHER);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Sender> senders;

    public MarketplaceWebhooks(List<MarketplaceConfig> configs) {
        this.senders = configs.stream()
                .map(config -> new Sender(
                        config.account(),
                        SharedSecrets.of(Stream.concat(Stream.of(config.secret()), config.previousSecret().stream())
                                .toList())))
                .toList();
    }

    private record Sender(AccountId account, SharedSecrets secrets) {}

    /** {@code body} is what came over the wire, before anything has read it. Header names may be in any case. */
    public Verdict verify(byte[] body, Map<String, String> headers) {
        Optional<PostedSignature> signature = PostedSignature.in(headers, SIGNATURE_HEADER);
        if (signature.isEmpty()) {
            return new Forged("there is no readable signature");
        }
        return signature
                .get()
                .madeBy(senders, (sender, bytes) -> sender.secrets().signed(bytes, body))
                .<Verdict>map(found -> read(found.account(), body))
                .orElseGet(() -> new Forged("the signature is not that of one of our marketplaces"));
    }

    private static Verdict read(AccountId account, byte[] body) {
        try {
            JsonNode root = JSON.readTree(body);
            if (root == null || !root.isObject()) {
                return new Unreadable("the body is no JSON object");
            }
            OrderKey order = new OrderKey(account, root.path("orderId").asText(""));
            return switch (root.path("type").asText("")) {
                case CANCELLATION -> new CancellationAsked(order);
                case RETURN -> returnAsked(order, root);
                default -> new Unreadable("its type is neither " + CANCELLATION + " nor " + RETURN);
            };
        } catch (IOException notJson) {
            return new Unreadable("the body is not JSON");
        } catch (IllegalArgumentException noOrder) {
            return new Unreadable("its orderId is the name of no order");
        }
    }

    private static Verdict returnAsked(OrderKey order, JsonNode root) {
        String name = root.path("returnId").asText("");
        if (!NAME.matcher(name).matches()) {
            return new Unreadable("its returnId is no name of 1 to 100 letters, digits, and . _ : -");
        }
        JsonNode lines = root.path("lines");
        if (!lines.isArray() || lines.isEmpty() || lines.size() > MOST_LINES) {
            return new Unreadable("it has not 1 to " + MOST_LINES + " lines");
        }
        List<Units> units = new ArrayList<>();
        for (JsonNode line : lines) {
            String id = line.path("line").asText("");
            int quantity = line.path("quantity").isInt() ? line.path("quantity").intValue() : 0;
            ReturnReason reason = REASONS.get(line.path("reason").asText(""));
            if (!mayBeLine(id) || quantity < 1 || quantity > MOST_UNITS || reason == null) {
                return new Unreadable(
                        "a line needs a line, a quantity of 1 to " + MOST_UNITS + ", and as its reason one of "
                                + REASONS.keySet().stream().sorted().toList());
            }
            units.add(new Units(id, quantity, reason));
        }
        return new ReturnAsked(order, name, units, root.path("goodsStay").asBoolean(false));
    }

    /** Orders are handed over with any visible names of their lines; one that the order has not is refused by name. */
    private static boolean mayBeLine(String id) {
        return !id.isBlank()
                && id.length() <= LONGEST_LINE
                && id.codePoints()
                        .noneMatch(character -> Character.isISOControl(character)
                                || Character.getType(character) == Character.SURROGATE);
    }

    /** What a message turned out to be. */
    public sealed interface Verdict {}

    /** The marketplace asks for the cancellation of its order. */
    public record CancellationAsked(OrderKey order) implements Verdict {}

    /**
     * The marketplace asks to take something of its order back; {@code request} is its own name of that. {@code goodsStay}: with its buyer, who
     * wants the money all the same.
     */
    public record ReturnAsked(OrderKey order, String request, List<Units> lines, boolean goodsStay) implements Verdict {
        public ReturnAsked {
            lines = List.copyOf(lines);
        }
    }

    /** Units of one line of the order. */
    public record Units(String lineId, int quantity, ReturnReason reason) {}

    /** Not signed with a secret of ours. */
    public record Forged(String reason) implements Verdict {}

    /** Signed, yet nothing that we understand. */
    public record Unreadable(String reason) implements Verdict {}
}
