package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.domain.access.Role;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.policy.SamplePolicies;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What a cancellation would set off is told before, and carried out as it was told or not at all. */
class CancellationPreviewTest {
    private final TestingApi api = TestingApi.get();

    @Test
    void aPreviewTellsWhatWouldBeUndoneAndUndoesNothing() {
        Order order = ShippedOrders.fresh().paid().build();
        allocated(order);

        TestingApi.Answer preview = preview(order.id());

        assertThat(preview.status()).isEqualTo(200);
        JsonNode plan = preview.json();
        assertThat(plan.get("unitsReleased").asInt()).isEqualTo(3);
        assertThat(plan.get("asksFirst").asBoolean()).isFalse();
        assertThat(plan.at("/money/refunded").asText()).isEqualTo("98.74");
        assertThat(plan.at("/money/voided").asText()).isEqualTo("0.00");
        assertThat(plan.at("/money/fee").asText()).isEqualTo("0.00");
        assertThat(kinds(plan)).contains("RELEASE", "DROP", "REFUND", "END_AT_CHANNEL", "TELL");
        assertThat(cancelRequested(order.id())).isFalse();
        assertThat(preview(order.id()).json().get("plan")).isEqualTo(plan.get("plan"));
    }

    @Test
    void whatIsOnlyAuthorisedIsLetGo() {
        Order order = ShippedOrders.fresh().authorised().build();
        stored(order);

        JsonNode plan = preview(order.id()).json();

        assertThat(plan.at("/money/voided").asText()).isEqualTo("98.74");
        assertThat(plan.at("/money/refunded").asText()).isEqualTo("0.00");
        assertThat(plan.get("unitsReleased").asInt()).isZero();
    }

    @Test
    void thePlanIsCarriedOutAndTheSameRequestAgainIsAnsweredTheSame() {
        Order order = ShippedOrders.fresh().paid().build();
        allocated(order);
        String plan = planOf(order.id());

        assertThat(cancel(order.id(), plan).status()).isEqualTo(202);
        assertThat(cancelRequested(order.id())).isTrue();
        assertThat(cancel(order.id(), plan).status()).isEqualTo(202);
        assertThat(preview(order.id()).status()).isEqualTo(409);
    }

    @Test
    void whatHasChangedMeanwhileIsToldAndNothingIsCancelled() {
        Order order = ShippedOrders.fresh().paid().build();
        FulfillmentOrderId work = allocated(order);
        String plan = planOf(order.id());
        picking(work);

        TestingApi.Answer answer = cancel(order.id(), plan);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().get("detail").asText())
                .contains("not any more: 2 ×", "was not told of them", "now: 2 ×", "which has them PICKING");
        assertThat(cancelRequested(order.id())).isFalse();
        JsonNode now = preview(order.id()).json();
        assertThat(now.get("workRecalled").asInt()).isEqualTo(1);
        assertThat(cancel(order.id(), now.get("plan").asText()).status()).isEqualTo(202);
    }

    /** What somebody has agreed to is what the page showed. */
    @Test
    void theConsoleShowsAnOutdatedPlanAnew() {
        Order order = ShippedOrders.fresh().paid().build();
        FulfillmentOrderId work = allocated(order);
        String page = "/console/orders/" + order.id() + "/cancellation";
        Visitor support = Visitor.signedIn(api, Role.SUPPORT);
        String before = ConsolePagesTest.shownPlan(support.page(page));
        picking(work);

        HttpResponse<String> refused = support.post(page, Map.of("plan", before, "reason", "changed her mind"));

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(409);
        assertThat(refused.body())
                .contains(
                        "has changed since its plan was made", "value=\"changed her mind\"", "which has them PICKING");
        assertThat(cancelRequested(order.id())).isFalse();
        String now = ConsolePagesTest.shownPlan(refused.body());
        assertThat(now).isNotEqualTo(before);
        assertThat(support.post(page, Map.of("plan", now, "reason", "changed her mind"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(cancelRequested(order.id())).isTrue();
    }

    @Test
    void aPlanOfAnotherOrderIsNoneOfThisOne() {
        Order order = ShippedOrders.fresh().paid().build();
        Order other = ShippedOrders.fresh().paid().build();
        allocated(order);
        allocated(other);

        assertThat(cancel(order.id(), planOf(other.id())).status()).isEqualTo(409);
        assertThat(cancel(order.id(), "none").status()).isEqualTo(422);
        assertThat(cancelRequested(order.id())).isFalse();
    }

    @Test
    void whatHasLeftAltogetherIsNotPlannedToBeCancelled() {
        Order left = ShippedOrders.twoLines(api);

        assertThat(preview(left.id()).status()).isEqualTo(409);
    }

    @Test
    void ofTwoWhoAskAtOnceByOnePlanAndOneWhoShipsTheLaterIsToldSo() {
        Order order = ShippedOrders.fresh().paid().build();
        FulfillmentOrderId work = allocated(order);
        String plan = planOf(order.id());

        List<CompletableFuture<Integer>> answers = IntStream.range(0, 4)
                .mapToObj(number -> CompletableFuture.supplyAsync(() -> {
                    if (number == 0) {
                        picking(work);
                        return 0;
                    }
                    return cancel(order.id(), plan).status();
                }))
                .toList();
        List<Integer> statuses = answers.stream().map(CompletableFuture::join).toList();

        // Either the plan came first, and then for all who asked by it, or the store did.
        assertThat(statuses.subList(1, 4))
                .satisfiesAnyOf(
                        all -> assertThat(all).allMatch(status -> status.equals(202)),
                        all -> assertThat(all).allMatch(status -> status.equals(409)));
    }

    private FulfillmentOrderId allocated(Order order) {
        return ShippedOrders.allocated(
                api, order, PersonalData.none(), SampleFacilities.WH_EAST, DeliveryMethod.SHIPPING, 0);
    }

    private void stored(Order order) {
        api.database().orders().hint(order.key(), order.channel(), SamplePolicies.RULES);
        api.database().orders().accept(order, PersonalData.none(), Instant.now());
    }

    private void picking(FulfillmentOrderId work) {
        api.database()
                .fulfillmentOrders()
                .observed(
                        work,
                        new WorkProgress(Optional.of(FulfillmentStatus.PICKING), Optional.empty(), Optional.empty()),
                        Instant.now(),
                        Optional.empty());
    }

    private TestingApi.Answer preview(OrderId id) {
        return api.post(path(id) + "?preview=true", Role.SUPPORT, "{\"reason\": \"by telephone\"}");
    }

    private String planOf(OrderId id) {
        return preview(id).json().get("plan").asText();
    }

    private TestingApi.Answer cancel(OrderId id, String plan) {
        return api.post(path(id), Role.SUPPORT, "{\"reason\": \"by telephone\", \"plan\": \"%s\"}".formatted(plan));
    }

    private static String path(OrderId id) {
        return "/v1/orders/" + id + "/cancellation";
    }

    private boolean cancelRequested(OrderId id) {
        return api.database()
                .orders()
                .view(id)
                .orElseThrow()
                .cancelRequestedAt()
                .isPresent();
    }

    private static List<String> kinds(JsonNode plan) {
        return StreamSupport.stream(plan.get("steps").spliterator(), false)
                .map(step -> step.get("kind").asText())
                .toList();
    }
}
