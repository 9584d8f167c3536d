package io.throughline.connectors.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.throughline.domain.money.CurrencyCode;
import java.util.List;
import java.util.OptionalLong;

/** The products of one company that are goods; services, such as the delivery, are in no catalogue. */
final class Goods {
    private static final String MODEL = "product.product";

    private final RestApi rest;
    private final References references;

    Goods(RestApi rest, References references) {
        this.rest = rest;
        this.references = references;
    }

    CurrencyCode currency() {
        return CurrencyCode.of(references.companyCurrency());
    }

    /** Of the one that was added last; 0 where there are none. */
    long lastId() {
        return rest.last(MODEL, company(), Filter.all(goods()), "id").stream()
                .mapToLong(Values::id)
                .findFirst()
                .orElse(0);
    }

    /**
     * Those whose ids are greater than the one and at most the other. {@code list_price_used} is the company's price of a variant, {@code cost_price}
     * what it values a unit at.
     */
    List<JsonNode> between(long after, long last, int atMost) {
        return rest.page(
                MODEL,
                company(),
                atMost,
                Filter.all(goods(), compared(">", after), compared("<=", last)),
                "code",
                "name",
                "list_price_used",
                "cost_price",
                "write_date",
                "create_date");
    }

    private OptionalLong company() {
        return OptionalLong.of(references.company());
    }

    private static ArrayNode goods() {
        return Filter.where("type", "=", "goods");
    }

    private static ArrayNode compared(String operator, long id) {
        return Filter.where("id", operator, JsonNodeFactory.instance.numberNode(id));
    }
}
