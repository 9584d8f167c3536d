package io.throughline.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.common.WorkflowExecutionHistory;
import io.throughline.domain.order.OrderId;
import io.throughline.local.demo.GoodsReturn;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.OrderBody;
import io.throughline.local.demo.Stage;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a return costs in its plain form: one unit comes by mail, is inspected, refunded, and booked. The longest history of several counts, the
 * first of which find everything cold. And how long a preview waits for its answer at a steady rate, measured from the instant at which it
 * was due, with everything running as it always does; each is of another order, in turn.
 */
final class ReturnsBench implements BenchMain.Bench {
    private static final int MOST_EVENTS = 70;
    private static final double MOST_P99_MILLIS = 50;
    private static final String SHOP = "northwind-demo.myshopify.com";
    private static final String CAP = "NW-CAP-NVY";
    private static final String PLACE = "WH-EAST";
    private static final long FIRST_ORDER = 7_970_000_000_000L;
    private static final int RETURNS = 6;
    private static final Pace PREVIEWS = new Pace(50, 5, 20);

    @Override
    public String purpose() {
        return "what one plain return costs, and how fast a preview is answered";
    }

    @Override
    public boolean run(PrintStream out) throws Exception {
        return RestingStack.run((stack, temporal) -> measure(new Stage(stack), temporal, out), out);
    }

    private static boolean measure(Stage stage, WorkflowClient temporal, PrintStream out) throws Exception {
        List<Sold> sold = new ArrayList<>();
        List<WorkflowExecutionHistory> histories = new ArrayList<>();
        for (int i = 1; i <= RETURNS; i++) {
            sold.add(sell(stage, FIRST_ORDER + i));
            histories.add(temporal.fetchHistory("return/northwind/" + comeBack(stage, sold.getLast())));
            out.printf(
                    Locale.ROOT,
                    "  return %d of %d: %d events%n",
                    i,
                    RETURNS,
                    histories.getLast().getEvents().size());
        }
        List<HistoryEvent> longest = histories.stream()
                .map(WorkflowExecutionHistory::getEvents)
                .max(Comparator.comparingInt(List::size))
                .orElseThrow();
        HistoryCost cost = HistoryCost.of(longest);
        out.print(cost.table());
        List<Double> millis = PREVIEWS.keep("previews", number -> preview(stage, sold.get(number % sold.size())), out);

        Bounds bounds = new Bounds(
                        "the longest of " + RETURNS + " returns; previews at " + PREVIEWS.perSecond() + "/s", out)
                .figure("historyEvents", longest.size(), MOST_EVENTS)
                .figure("historyBytes", cost.bytes())
                .figure("previews", millis.size())
                .figure("previewP50Ms", Pace.percentile(millis, 50))
                .figure("previewP99Ms", Pace.percentile(millis, 99), MOST_P99_MILLIS);
        Result.write("returns", bounds.figures(), out);
        return bounds.kept();
    }

    /** Two caps with their taxes and their delivery, which have left and are in the books. */
    private record Sold(OrderId order, String line) {}

    private static Sold sell(Stage stage, long number) throws InterruptedException {
        ObjectNode body =
                OrderBody.usd(number).line(1, CAP, 2, "40.00").shipping("4.90").toJson();
        OrderId order = stage.place(SHOP, body);
        stage.end(order);
        return new Sold(order, body.at("/line_items/0/id").asText());
    }

    /** Gives the name of the return. The other unit stays with the customer, so that there is something to preview. */
    private static String comeBack(Stage stage, Sold sold) throws InterruptedException {
        GoodsReturn one = GoodsReturn.of(stage, sold.order(), sold.line(), Optional.empty());
        one.labelled();
        one.comesTo(PLACE, sold.line());
        one.isFound(PLACE, sold.line(), "NEW", "RESTOCK");
        one.end();
        return one.id();
    }

    private static void preview(Stage stage, Sold sold) {
        ObjectNode body = Json.object().put("orderId", sold.order().value());
        body.putArray("lines")
                .addObject()
                .put("lineId", sold.line())
                .put("quantity", 1)
                .put("reason", "UNWANTED")
                .put("grade", "OPENED");
        Stage.check(
                stage.api()
                        .post("/v1/returns?preview=true", body)
                        .at("/lines/0/allowed")
                        .asBoolean(),
                "a unit that is there may come back");
    }
}
