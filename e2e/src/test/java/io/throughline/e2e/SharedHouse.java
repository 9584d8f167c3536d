package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.Stage;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One house for the plain classes that run one after another: to start a whole system takes longer than most of what they do there. A class
 * gets it as a parameter of its {@code @BeforeAll}. It ends when a class begins that has a house of its own, which nobody else's shall slow
 * down, and at last with the run.
 *
 * <p>Who lives in it keeps to this:
 *
 * <ul>
 *   <li>It needs no variables, configuration or policy of its own, and is right whoever was there before: it counts what is its own only,
 *       and reads how many lie on a shelf before it takes some of them, a dozen at most.
 *   <li>Its orders have numbers that no other class uses at any shop, for the sandbox's ledger is searched by them; nor are their last five
 *       digits those of another, of which a shop makes its orders' names.
 *   <li>It waits until what it began has ended. What it kills it starts again, and a facility that it pauses it resumes, also when it fails.
 *       Prices, products that others order and policies it leaves as they were.
 *   <li>Its name begins with Plain: the runner goes by the alphabet, and so gives such classes out one after another.
 * </ul>
 *
 * Armed faults, what tills do by themselves and subscriptions are put back after each class here.
 */
final class SharedHouse implements ParameterResolver, AfterAllCallback {
    private static Optional<House> open = Optional.empty();

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(House.class);
    }

    @Override
    public House resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // A fork has one session for all its classes.
        context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(SharedHouse.class))
                .computeIfAbsent("end", _ -> (AutoCloseable) SharedHouse::close);
        return enter();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        leave();
    }

    private static synchronized House enter() {
        if (open.isEmpty()) {
            open = Optional.of(House.open("shared"));
        }
        return open.orElseThrow();
    }

    /** A house in which something is missing is of no use to others. */
    private static synchronized void leave() {
        if (open.filter(House::isComplete).isPresent()) {
            tidy(open.orElseThrow().stage());
        } else {
            close();
        }
    }

    private static void tidy(Stage stage) {
        stage.sandbox().delete("/faults");
        stage.sandbox().delete("/webhook-faults");
        ShopOrders.STORES.forEach(till -> stage.sandbox()
                .put("/square/locations/" + till + "/script", Json.object().put("behaviour", "ship")));
        for (JsonNode subscription :
                Json.list(stage.api().get("/v1/subscriptions").path("subscriptions"))) {
            stage.api().delete("/v1/subscriptions/" + subscription.path("id").asText());
        }
    }

    /** Whoever needs it again gets another one. */
    static synchronized void close() {
        open.ifPresent(House::close);
        open = Optional.empty();
    }
}
