package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Gift cards that an app makes: no two have one code, whichever way it is written. */
final class GiftCards {

    private static final String KIND = "GiftCard";
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9]{8,20}");

    private final ShopStore store;

    GiftCards(ShopStore store) {
        this.store = store;
    }

    static boolean isCode(String text) {
        return CODE.matcher(text).matches();
    }

    ObjectNode create(JsonNode arguments) {
        JsonNode input = arguments.path("input");
        String code = input.path("code").asText().toLowerCase(Locale.ROOT);
        if (code.length() < 8) {
            throw UserErrors.coded("TOO_SHORT", "Code is too short (minimum is 8 characters).", "input", "code");
        }
        if (code.length() > 20) {
            throw UserErrors.coded("TOO_LONG", "Code is too long (maximum is 20 characters).", "input", "code");
        }
        if (!isCode(code)) {
            throw UserErrors.coded("INVALID", "Code can only contain letters and numbers.", "input", "code");
        }
        if (!withCode(code).isEmpty()) {
            throw UserErrors.coded("TAKEN", "Code has already been taken.", "input", "code");
        }
        JsonNode amount = input.path("initialAmount");
        BigDecimal value = new BigDecimal(amount.path("amount").asText("0"));
        if (value.signum() <= 0) {
            throw UserErrors.coded("GREATER_THAN", "Initial amount must be greater than 0.", "input", "initialAmount");
        }
        if (!amount.path("currencyCode").asText().equals(store.shop().currency())) {
            throw UserErrors.coded(
                    "INVALID", "Currency must be " + store.shop().currency() + ".", "input", "initialAmount");
        }
        String id = Long.toString(store.nextId(KIND));
        ObjectNode card = Json.object().put("id", id).put("code", code);
        card.set("note", OrderView.present(input.path("note")));
        card.put("amount", value.toPlainString());
        card.put("enabled", true).putNull("deactivatedAt");
        store.save(KIND, id, card);
        store.effect(
                "giftCardCreate",
                gid(id),
                "",
                Json.object().put("note", input.path("note").asText()).put("amount", value.toPlainString()));
        return Json.object().put("giftCard", gid(id));
    }

    List<ObjectNode> withCode(String code) {
        return store.list(KIND).stream()
                .filter(card -> card.path("code").asText().equalsIgnoreCase(code))
                .toList();
    }

    /** Nobody can pay with it any more. */
    boolean deactivate(String id) {
        return store.find(KIND, id)
                .map(card -> {
                    card.put("enabled", false).put("deactivatedAt", store.bodyTime());
                    store.save(KIND, id, card);
                    return true;
                })
                .orElse(false);
    }

    static ObjectNode view(ObjectNode card) {
        ObjectNode view = Json.object();
        view.put("__typename", KIND);
        view.put("id", gid(card.path("id").asText()));
        view.set("note", card.path("note"));
        view.set("enabled", card.path("enabled"));
        view.set("deactivatedAt", card.path("deactivatedAt"));
        return view;
    }

    private static String gid(String id) {
        return Gid.of(KIND, id);
    }
}
