package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.domain.sale.StoreDayId;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.Stage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What must be in the books by the journals that the API shows, in the words of the sample company's chart of accounts. */
final class ExpectedBooks {
    private static final String TAX = "TAX:";

    /** As its bookkeeper would tell it: the product's own mapping is part of what is tried here. */
    private static final Map<String, String> CHART = Map.ofEntries(
            Map.entry("RECEIVABLE", "1100 Accounts receivable"),
            Map.entry("CLEARING:shopify_payments", "1200 Card clearing"),
            Map.entry("CLEARING:square_card", "1205 Card clearing, stores"),
            Map.entry("CLEARING:cash", "1210 Cash in stores"),
            Map.entry("CLEARING:square_cash", "1210 Cash in stores"),
            Map.entry("CLEARING:external", "1220 Other tenders clearing"),
            Map.entry("CLEARING:bazaar", "1230 Marketplace receivable"),
            Map.entry("CLEARING:exchange", "1240 Exchange clearing"),
            Map.entry("GIFT_CARD_LIABILITY", "2100 Gift card liability"),
            Map.entry(TAX, "2200 Sales tax payable"),
            Map.entry("TIPS_PAYABLE", "2300 Tips payable"),
            Map.entry("DUTIES_PAYABLE", "2310 Duties payable"),
            Map.entry("REVENUE", "4000 Product revenue"),
            Map.entry("SHIPPING_REVENUE", "4100 Shipping revenue"),
            Map.entry("ROUNDING", "6900 Rounding"));

    private ExpectedBooks() {}

    /** Net debit (negative: credit) of each document on each account, and of each tax by itself. */
    static Map<String, Map<String, BigDecimal>> of(Stage stage, List<String> orders, List<StoreDayId> days) {
        Map<String, Map<String, BigDecimal>> expected = new TreeMap<>();
        for (String order : orders) {
            stage.api()
                    .get("/v1/orders/" + order + "/journals")
                    .path("journals")
                    .forEach(journal -> put(expected, journal));
        }
        for (JsonNode returned :
                Json.list(stage.api().get("/v1/returns?limit=500").path("returns"))) {
            stage.api()
                    .get("/v1/returns/" + returned.path("returnId").asText())
                    .path("journals")
                    .forEach(journal -> put(expected, journal));
        }
        for (StoreDayId day : days) {
            stage.api()
                    .get("/v1/stores/" + day.facility() + "/days/" + day.date())
                    .path("summaries")
                    .forEach(summary -> summary.path("journals").forEach(journal -> put(expected, journal)));
        }
        return expected;
    }

    private static void put(Map<String, Map<String, BigDecimal>> expected, JsonNode journal) {
        expected.put(
                journal.path("reference").asText() + " in "
                        + journal.path("currency").asText(),
                net(journal));
    }

    private static Map<String, BigDecimal> net(JsonNode journal) {
        Map<String, BigDecimal> net = new TreeMap<>();
        for (JsonNode line : Json.list(journal.path("lines"))) {
            net.merge(
                    inTheChart(line.path("account").asText()),
                    amount(line, "debit").subtract(amount(line, "credit")),
                    BigDecimal::add);
        }
        return net;
    }

    private static String inTheChart(String account) {
        return account.startsWith(TAX)
                ? CHART.get(TAX) + ": " + account.substring(TAX.length())
                : CHART.getOrDefault(account, "no account for " + account);
    }

    private static BigDecimal amount(JsonNode line, String side) {
        return new BigDecimal(line.path(side).asText());
    }
}
