package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.order.OrderId;
import io.throughline.local.demo.Ending;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.OrderBody;
import io.throughline.local.demo.Stage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Orders that leave before they are paid, on the whole system: their money is waited for, asked for, and not overlooked when it comes late. */
@Timeout(900)
@ExtendWith(SharedHouse.class)
final class PlainUnpaidOrderTest {
    private static final String SHOP = "northwind-demo.myshopify.com";
    private static final long FIRST = 7_950_000_030_000L;

    private static Stage stage;
    private static Histories histories;

    @BeforeAll
    static void open(House house) {
        stage = house.stage();
        histories = new Histories(house.stack().temporal());
    }

    @AfterAll
    static void close() {
        histories.close();
    }

    @Test
    void aTransferThatIsOnItsWayIsWaitedForAndBooked() throws InterruptedException {
        ObjectNode body = socks(FIRST + 1).byTransfer().toJson();
        OrderId id = stage.place(SHOP, body);
        stage.await(
                "the goods to be invoiced",
                () -> stage.order(id),
                order -> axis(order, "posting").equals("POSTED"));
        Resets.await("its process to wait for the money", () -> waitingFor(body).contains("Waits for its payment"));
        assertThat(stage.cases(id.value())).isEmpty();
        assertThat(axis(stage.order(id).orElseThrow(), "lifecycle")).isEqualTo("IN_FULFILLMENT");

        pay(body);

        Ending ending = stage.end(id);
        assertThat(ending.status() + " " + ending.payment() + " " + ending.posting())
                .isEqualTo("COMPLETED CAPTURED CONFIRMED");
        assertThat(ending.documents()).as("an invoice and a payment").hasSize(2);
        assertThat(stage.cases(id.value())).isEmpty();
    }

    @Test
    void whatNobodyPaysIsACaseAndWhatIsPaidAfterTheEndIsAnother() throws InterruptedException {
        ObjectNode body = socks(FIRST + 2).toJson().put("financial_status", "pending");
        OrderId id = stage.place(SHOP, body);
        stage.decide(stage.openCase(id, "PAYMENT_MISSING"), "ACCEPT_DIFFERENCE", "it is paid on account");
        assertThat(stage.end(id).posting()).isEqualTo("CONFIRMED");

        pay(body);

        stage.openCase(id, "CHANGED_AFTER_SHIPMENT");
        assertThat(stage.cases(id.value()).reversed())
                .extracting(one -> one.path("code").asText())
                .containsExactly("PAYMENT_MISSING", "CHANGED_AFTER_SHIPMENT");
        assertThat(axis(stage.order(id).orElseThrow(), "payment"))
                .as("the new version is stored")
                .isEqualTo("CAPTURED");
    }

    private static OrderBody socks(long number) {
        return OrderBody.usd(number).line(4, "NW-SOCK-2PK", 1, "33.00").shipping("4.90");
    }

    private static String waitingFor(ObjectNode body) {
        return histories.waitingFor("order/northwind/" + body.path("id").asText());
    }

    private static void pay(ObjectNode body) {
        stage.sandbox().post("/shopify/" + SHOP + "/orders/" + body.path("id").asText() + "/pay", Json.object());
    }

    private static String axis(JsonNode order, String axis) {
        return order.at("/order/status/" + axis).asText();
    }
}
