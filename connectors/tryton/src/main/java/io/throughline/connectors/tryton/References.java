package io.throughline.connectors.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.finance.LedgerAccount;
import io.throughline.domain.money.CurrencyCode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The records of a company that documents point at, by the names we know them under. All but the products are kept once found, since
 * they change with the company's set-up only; a name that is not there is asked for again each time, and refused with plain words.
 */
final class References {
    private final RestApi rest;
    private final TrytonSettings settings;
    private final Map<String, JsonNode> found = new ConcurrentHashMap<>();

    References(RestApi rest, TrytonSettings settings) {
        this.rest = rest;
        this.settings = settings;
    }

    record Product(long id, long unit) {}

    record Customer(long party, long address) {}

    long company() {
        return Values.id(companyRow());
    }

    String companyCurrency() {
        return Values.text(companyRow().path("currency."), "code");
    }

    /** Goes last with every JSON-RPC call, and into a header of every REST call that changes something. */
    ObjectNode context() {
        return Values.object().put("company", company()).put("language", "en");
    }

    private JsonNode companyRow() {
        return find(
                "company",
                settings.companyName(),
                () -> rest.search(
                        "company.company",
                        Filter.all(Filter.where("party.name", "=", settings.companyName())),
                        "currency.code"));
    }

    long currency(CurrencyCode currency) {
        return Values.id(find(
                "currency",
                currency.code(),
                () -> rest.search(
                        "currency.currency", Filter.all(Filter.where("code", "=", currency.code())), "code")));
    }

    long account(LedgerAccount account) {
        String code = settings.mapping().account(account);
        return Values.id(find("account", code, () -> ofCompany("account.account", Filter.where("code", "=", code))));
    }

    long salesJournal() {
        return Values.id(find(
                "journal of type",
                "revenue",
                () -> rest.search("account.journal", Filter.all(Filter.where("type", "=", "revenue")), "code")));
    }

    long webShop(String name) {
        return Values.id(find("web shop", name, () -> ofCompany("web.shop", Filter.where("name", "=", name))));
    }

    long warehouse(String code) {
        return Values.id(warehouseRow(code));
    }

    /** Where a warehouse keeps its goods, and where those go that are missing and come from that turn up. */
    record Shelves(long storage, long lostAndFound) {}

    /** A warehouse may have a place of its own for what is lost; else it is the company's only one. */
    Shelves shelves(String code) {
        JsonNode warehouse = warehouseRow(code);
        JsonNode own = warehouse.path("lost_found_location");
        return new Shelves(
                warehouse.path("storage_location").longValue(), own.isNumber() ? own.longValue() : lostAndFound(code));
    }

    private JsonNode warehouseRow(String code) {
        return find(
                "warehouse",
                code,
                () -> rest.search(
                        "stock.location",
                        Filter.all(Filter.where("type", "=", "warehouse"), Filter.where("code", "=", code)),
                        "storage_location",
                        "lost_found_location"));
    }

    private long lostAndFound(String code) {
        List<JsonNode> places =
                rest.search("stock.location", Filter.all(Filter.where("type", "=", "lost_found")), "code");
        if (places.size() != 1) {
            throw new TrytonRefusal(
                    "there are " + places.size() + " lost-and-found locations in Tryton: name that of the"
                            + " warehouse " + code + " in its record");
        }
        return Values.id(places.getFirst());
    }

    /** The party that stands for all customers of a shop: the ERP learns nothing personal. */
    Customer customer(String shop) {
        JsonNode party = find(
                "party",
                shop,
                () -> rest.search("party.party", Filter.all(Filter.where("code", "=", shop)), "addresses"));
        List<Long> addresses = Values.idList(party.path("addresses"));
        if (addresses.isEmpty()) {
            throw new TrytonRefusal("the party " + shop + " has no address in Tryton");
        }
        return new Customer(Values.id(party), addresses.getFirst());
    }

    long tax(String title) {
        String name = settings.mapping().tax(title);
        return Values.id(find("tax", name, () -> ofCompany("account.tax", Filter.where("name", "=", name))));
    }

    long paymentJournal(String gateway, CurrencyCode currency) {
        String name = settings.mapping().paymentJournal(gateway) + " " + currency;
        return Values.id(find(
                "payment journal", name, () -> ofCompany("account.payment.journal", Filter.where("name", "=", name))));
    }

    /** The active products among these codes. */
    Map<String, Product> products(Collection<String> codes) {
        return rest
                .search("product.product", Filter.all(Filter.oneOf("code", Set.copyOf(codes))), "code", "default_uom")
                .stream()
                .collect(Collectors.toMap(
                        row -> Values.text(row, "code"),
                        row -> new Product(
                                Values.id(row), row.path("default_uom").longValue()),
                        (first, second) -> first));
    }

    private List<JsonNode> ofCompany(String model, ArrayNode condition) {
        return rest.search(
                model, OptionalLong.of(company()), Filter.all(condition, Filter.is("company", company())), "id");
    }

    private JsonNode find(String kind, String name, Supplier<List<JsonNode>> search) {
        JsonNode known = found.get(kind + " " + name);
        if (known != null) {
            return known;
        }
        JsonNode row = search.get().stream()
                .findFirst()
                .orElseThrow(() -> new TrytonRefusal("Tryton knows no " + kind + " " + name));
        found.put(kind + " " + name, row);
        return row;
    }
}
