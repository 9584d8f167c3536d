package io.throughline.sandbox.square;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.square.SquareClient;
import com.squareup.square.types.GetOrdersRequest;
import com.squareup.square.types.Order;
import com.squareup.square.types.OrderState;
import com.squareup.square.types.PayOrderRequest;
import io.throughline.sandbox.core.Sandbox;
import io.throughline.sandbox.core.SandboxConfig;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The staff's memory: what a sandbox left undone is taken up by the next one on the same file. */
class StoreStaffTest {

    private static final long NEVER_MILLIS = 3_600_000;

    @TempDir
    private Path directory;

    @Test
    void workIsTakenUpAgainAfterARestart() {
        String id;
        try (Sandbox first = Sandbox.start(config(NEVER_MILLIS))) {
            SquareClient square = client(first);
            id = square.orders()
                    .create(TestingSquare.shipment("LHARBOR", "F1", "key-1"))
                    .getOrder()
                    .flatMap(Order::getId)
                    .orElseThrow();
            square.orders()
                    .pay(PayOrderRequest.builder()
                            .orderId(id)
                            .idempotencyKey("pay-1")
                            .build());
        }
        try (Sandbox second = Sandbox.start(config(1))) {
            SquareClient square = client(second);
            Instant giveUp = Instant.now().plusSeconds(10);
            while (stateOf(square, id).filter(OrderState.COMPLETED::equals).isEmpty()) {
                assertThat(Instant.now()).isBefore(giveUp);
            }
            assertThat(second.ledger().read(Optional.of("square"), 0))
                    .extracting(effect -> effect.path("operation").asText())
                    .containsExactly(
                            "POST /v2/orders",
                            "POST /v2/orders/{id}/pay",
                            "staff RESERVED",
                            "staff PREPARED",
                            "inventory SOLD",
                            "staff COMPLETED");
        }
    }

    private static Optional<OrderState> stateOf(SquareClient square, String id) {
        return square.orders()
                .get(GetOrdersRequest.builder().orderId(id).build())
                .getOrder()
                .flatMap(Order::getState);
    }

    private SandboxConfig config(long waitMillis) {
        String wait = Long.toString(waitMillis);
        return SandboxConfig.inMemory()
                .withDataFile(directory.resolve("sandbox.db"))
                .withSetting("square.ack.millis", wait)
                .withSetting("square.prepare.millis", wait)
                .withSetting("square.complete.millis", wait);
    }

    private static SquareClient client(Sandbox sandbox) {
        return SquareClient.builder()
                .token("sandbox-square-token")
                .url(sandbox.base("square").toString())
                .maxRetries(0)
                .build();
    }
}
