package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.Reroutes;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.StoreReport;
import io.throughline.domain.fulfillment.StoreReports;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.OrderReservations.Reserved;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderSource.ChannelOrder;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.policy.OrderRules;
import io.throughline.domain.policy.SamplePolicies;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An order that a client has handed over becomes less, or goes elsewhere, until its work is given out; where its edits are planned, also after that. */
class OrderEditsTest {
    private static final AccountId REST = AccountId.of("rest");
    private static final FacilityId EAST = SampleFacilities.WH_EAST;
    private static final Sku TEE = Sku.of("NW-TEE-BLK-M");
    private static final Sku CAP = Sku.of("NW-CAP-NVY");

    private final TestingApi api = TestingApi.get();
    private final InventoryLedger inventory =
            api.database().stock(SampleStockRules.plain()).inventory();
    private final Reroutes reroutes = api.database().reroutes();
    private OrderRules rules = SamplePolicies.RULES;
    private final OrderKey key = new OrderKey(REST, "EDIT-" + UUID.randomUUID());

    @Test
    void aPreviewTellsWhatWouldChangeAndChangesNothing() {
        Order order = handedOver();
        reserved(order);

        JsonNode plan = preview(oneTee()).json();

        assertThat(details(plan))
                .containsExactly(
                        "1 × NW-TEE-BLK-M in place of 2",
                        "1 × NW-CAP-NVY are taken off",
                        "it comes to 34.00 USD in place of 101.50 USD",
                        "67.50 USD less are paid: whoever took them gives them back",
                        "1 × NW-CAP-NVY are free again",
                        "1 × NW-TEE-BLK-M are free again");
        assertThat(plan.at("/money/refunded").asText()).isEqualTo("67.50");
        assertThat(plan.get("unitsReleased").asInt()).isEqualTo(2);
        assertThat(told().order()).isEqualTo(order);
        assertThat(held(order)).isEqualTo(Map.of("1", 2, "2", 1));
    }

    @Test
    void thePlanIsCarriedOutOnceAndItsProcessIsTold() {
        Order order = handedOver();
        reserved(order);
        String plan = planOf(oneTee());

        assertThat(edit(oneTee(), plan).status()).isEqualTo(202);
        assertThat(edit(oneTee(), plan).status()).isEqualTo(202);

        Order edited = told().order();
        assertThat(edited.quantity("1")).isEqualTo(1);
        assertThat(edited.quantity("2")).isZero();
        assertThat(edited.version()).isAfter(order.version());
        assertThat(edited.sumOfParts()).isEqualTo(edited.paid());
        assertThat(held(order)).isEqualTo(Map.of("1", 1));
        assertThat(api.query("select count(*) from inbox_message where topic = 'throughline/edited' and subject = '"
                        + key.workflowId() + "'"))
                .contains("1");
    }

    @Test
    void anotherAddressIsToldWithoutItsWords() {
        handedOver();
        String moved = whole().replace("1 Canary Wharf", "2 Linnet Lane");

        Answer preview = preview(moved);

        assertThat(details(preview.json())).containsExactly("it is for another person or address");
        assertThat(preview.body()).doesNotContain("Linnet");
        assertThat(edit(moved, preview.text("/plan")).status()).isEqualTo(202);
        assertThat(told().person().shipTo().flatMap(PersonalData.PostalAddress::street))
                .contains("2 Linnet Lane");
    }

    @Test
    void aPlanIsForTheEditThatItWasShownFor() {
        handedOver();
        String plan = planOf(whole().replace("1 Canary Wharf", "2 Linnet Lane"));

        Answer answer = edit(whole().replace("1 Canary Wharf", "3 Linnet Lane"), plan);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text("/detail")).contains("made for another edit");
    }

    @Test
    void theSameEditAfterAnotherOneIsCarriedOutAnew() {
        handedOver();
        String moved = whole().replace("1 Canary Wharf", "2 Linnet Lane");
        edited(moved);
        edited(whole());

        edited(moved);

        assertThat(told().person().shipTo().flatMap(PersonalData.PostalAddress::street))
                .contains("2 Linnet Lane");
    }

    @Test
    void nothingIsPlannedUntilTheEditBeforeIsTakenIn() {
        handedOver();
        assertThat(edit(oneTee(), planOf(oneTee())).status()).isEqualTo(202);

        Answer answer = preview(whole().replace("1 Canary Wharf", "2 Linnet Lane"));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text("/detail")).contains("being taken in");
    }

    @Test
    void anOrderThatWasPlacedAheadOfOurClockBecomesALaterOne() {
        String ahead =
                Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.SECONDS).toString();
        Order order = handedOver(whole().replace("2026-11-20T15:04:05Z", ahead));

        edited(oneTee().replace("2026-11-20T15:04:05Z", ahead));

        Order known = api.database().orders().find(order.id()).orElseThrow();
        assertThat(known.version()).isAfter(order.version());
        assertThat(known.quantity("1")).isEqualTo(1);
    }

    @Test
    void thePlanOfAnEditCancelsNothing() {
        Order order = handedOver();
        String plan = planOf(oneTee());
        assertThat(edit(oneTee(), plan).status()).isEqualTo(202);

        Answer answer = api.post(
                "/v1/orders/" + order.id() + "/cancellation",
                Role.SUPPORT,
                "{\"reason\": \"by telephone\", \"plan\": \"" + plan + "\"}");

        assertThat(answer.status()).isEqualTo(409);
    }

    @Test
    void whatHasBeenReservedMeanwhileIsTold() {
        Order order = handedOver();
        String plan = planOf(oneTee());
        reserved(order);

        Answer answer = edit(oneTee(), plan);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text("/detail")).contains("now: 1 × NW-CAP-NVY are free again");
        assertThat(told().order()).isEqualTo(order);
    }

    @Test
    void whatIsGivenOutIsNotEdited() {
        allocated();

        Answer answer = preview(oneTee());

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text("/detail"))
                .contains("its work is given out", "ALLOCATED at WH-EAST", "cancel it and hand it over anew");
    }

    @Test
    void whereEditsArePlannedWhatIsGivenOutIsAskedBackAndTheRestGoesOn() {
        Order order = givenOut();
        FulfillmentOrderId work = FulfillmentOrderId.of(order.id(), 1);

        JsonNode plan = preview(oneTee()).json();

        assertThat(details(plan))
                .contains(
                        "1 × NW-TEE-BLK-M in place of 2",
                        "67.50 USD less are paid: whoever took them gives them back",
                        work + " is asked back from WH-EAST, which has it RELEASED; given out again there: 1 ×"
                                + " NW-TEE-BLK-M");
        assertThat(reroutes.ofOrder(order.id())).as("a preview does nothing").isEmpty();
        assertThat(edit(oneTee(), plan.get("plan").asText()).status()).isEqualTo(202);
        assertThat(edit(oneTee(), plan.get("plan").asText()).status()).isEqualTo(202);

        assertThat(reroutes.ofOrder(order.id())).singleElement().satisfies(asked -> {
            assertThat(asked.id().work()).isEqualTo(work);
            assertThat(asked.cause()).isEqualTo(RerouteCause.EDITED);
        });
        assertThat(packs(work))
                .as("it is being taken back")
                .isInstanceOfSatisfying(
                        StoreReports.Answer.Refused.class,
                        no -> assertThat(no.why()).contains("its order was edited"));
        takenIn();
        Answer again = preview(oneTee().replace("1 Canary Wharf", "2 Linnet Lane"));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("/detail")).contains("is being routed again");
    }

    @Test
    void whatIsPackedBetweenThePreviewAndTheEditIsToldAndStays() {
        Order order = givenOut();
        FulfillmentOrderId work = FulfillmentOrderId.of(order.id(), 1);
        String plan = planOf(oneTee());
        assertThat(packs(work)).isInstanceOf(StoreReports.Answer.Taken.class);

        Answer late = edit(oneTee(), plan);
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.text("/detail"))
                .contains("is asked back", "can't be had back (" + work + " PACKED at WH-EAST)");

        JsonNode anew = preview(oneTee()).json();
        assertThat(details(anew))
                .contains("what stays is settled by a person, by a case CHANGED_AFTER_SHIPMENT")
                .noneMatch(step -> step.contains("is asked back"));
        assertThat(edit(oneTee(), anew.get("plan").asText()).status()).isEqualTo(202);
        assertThat(reroutes.ofOrder(order.id())).isEmpty();
        assertThat(states(order)).as("what is packed stays").contains("1 CONFIRMED 2", "2 CONFIRMED 1");
    }

    /** Under the lock of the order: one wins, and the other is told why. */
    @RepeatedTest(5)
    void anEditAndAPackingAtOnceAreOneAfterTheOther() {
        Order order = givenOut();
        FulfillmentOrderId work = FulfillmentOrderId.of(order.id(), 1);
        String plan = planOf(oneTee());

        CompletableFuture<StoreReports.Answer> packed = CompletableFuture.supplyAsync(() -> packs(work));
        int edited = edit(oneTee(), plan).status();

        boolean packedFirst = packed.join() instanceof StoreReports.Answer.Taken;
        assertThat(edited).isEqualTo(packedFirst ? 409 : 202);
        assertThat(reroutes.ofOrder(order.id())).hasSize(packedFirst ? 0 : 1);
    }

    @Test
    void whatIsGivenOutGoesWhereItWasToGoAlsoWhereEditsArePlanned() {
        givenOut();

        Answer moved = preview(whole().replace("1 Canary Wharf", "2 Linnet Lane"));

        assertThat(moved.status()).isEqualTo(409);
        assertThat(moved.text("/detail")).contains("goes where it was to go");
    }

    private Order allocated() {
        Order order = handedOver();
        reserved(order);
        inventory.allocate(
                order.id(),
                new RoutingPlan(
                        List.of(new RoutingPlan.Assignment(
                                EAST, DeliveryMethod.SHIPPING, Optional.empty(), lines(order))),
                        "for the test"));
        return order;
    }

    private Order givenOut() {
        rules = new OrderRules("standard-10", Set.of());
        Order order = allocated();
        api.database()
                .fulfillmentOrders()
                .released(
                        FulfillmentOrderId.of(order.id(), 1),
                        AccountId.of("square"),
                        "W-" + order.id(),
                        Instant.now().plus(4, ChronoUnit.HOURS));
        return order;
    }

    private StoreReports.Answer packs(FulfillmentOrderId work) {
        return api.database()
                .stock(SampleStockRules.plain())
                .storeReports()
                .take(
                        work,
                        new StoreReport.Packing(
                                List.of(new StoreReport.PackedParcel(Optional.empty(), Map.of(), OptionalInt.empty()))),
                        "device",
                        status -> Optional.empty());
    }

    /** The tees are given out, the cap waits for its supply. */
    @Test
    void ofAnOrderInPartsWhatIsStillToComeIsTakenOff() {
        Order order = handedOver();
        inParts(order);

        Answer refused = preview(oneTee());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("/detail")).contains("only 0 × NW-TEE-BLK-M are still to come", "as a return");
        Answer moved = preview(noCap().replace("1 Canary Wharf", "2 Linnet Lane"));
        assertThat(moved.status()).isEqualTo(409);
        assertThat(moved.text("/detail")).contains("goes where it was to go");

        Answer plan = preview(noCap());
        assertThat(plan.status()).as(plan.body()).isEqualTo(200);
        assertThat(details(plan.json()))
                .contains("1 × NW-CAP-NVY are taken off", "1 × NW-CAP-NVY wait no more")
                .noneMatch(step -> step.contains("are free again"));
        assertThat(edit(noCap(), plan.text("/plan")).status()).isEqualTo(202);
        takenIn();

        assertThat(told().order().quantity("1")).isEqualTo(2);
        assertThat(told().order().quantity("2")).isZero();
        assertThat(states(order)).as("what is given out stays").contains("1 CONFIRMED 2");
    }

    @Test
    void onceAPartHasLeftWhatLiesReadyOfTheRestIsFreeAgainAtOnce() {
        Order order = handedOver();
        inParts(order);
        inventory.consume(FulfillmentOrderId.of(order.id(), 1));
        said(order, CAP, Movement.Kind.RECEIPT, 100);
        assertThat(states(order)).contains("1 CONSUMED 2", "2 HELD 1");

        Answer plan = preview(noCap());
        assertThat(details(plan.json())).contains("1 × NW-CAP-NVY are free again");
        assertThat(edit(noCap(), plan.text("/plan")).status()).isEqualTo(202);

        assertThat(states(order)).contains("1 CONSUMED 2", "2 RELEASED 1");
    }

    private void said(Order order, Sku sku, Movement.Kind kind, int units) {
        inventory.record(new Movement(
                SampleFacilities.ST_DUBLIN,
                sku,
                units,
                kind,
                SampleStockRules.POS,
                kind + " of " + sku + " for " + order.id(),
                Instant.now()));
    }

    private void inParts(Order order) {
        FacilityId dublin = SampleFacilities.ST_DUBLIN;
        // More than others may still wait for.
        said(order, TEE, Movement.Kind.RECEIPT, 200);
        said(order, CAP, Movement.Kind.COUNT, 0);
        api.database()
                .stock(SampleStockRules.plain())
                .incomingSupply()
                .expect(new Expected(
                        new StockSource("erp", "caps of " + order.id(), 1),
                        dublin,
                        CAP,
                        100,
                        Instant.now().plus(2, ChronoUnit.DAYS)));
        inventory.commit(order.id(), lines(order), new Terms(Set.of(dublin), Terms.OnShortage.SPLIT));
        List<LineQuantity> ready =
                lines(order).stream().filter(line -> line.sku().equals(TEE)).toList();
        assertThat(inventory.allocate(
                        order.id(),
                        new RoutingPlan(
                                List.of(new RoutingPlan.Assignment(
                                        dublin, DeliveryMethod.SHIPPING, Optional.empty(), ready)),
                                "for the test")))
                .isPresent();
        assertThat(states(order)).contains("1 CONFIRMED 2", "2 BACKORDERED 1");
    }

    private List<String> states(Order order) {
        return api.database().orderReservations().of(order.id()).stream()
                .map(row -> row.lineId() + " " + row.state() + " " + row.quantity())
                .toList();
    }

    @Test
    void whatIsCarriedOutWithoutAnyWorkIsNotEdited() {
        Order order = handedOver();
        Stream.of(OrderStatus.VALIDATED, OrderStatus.APPROVED, OrderStatus.IN_FULFILLMENT)
                .forEach(status -> api.database().orders().advance(order.id(), status, "for the test"));

        Answer answer = preview(oneTee());

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text("/detail")).contains("being carried out");
    }

    @Test
    void whatAnotherChannelKeepsIsEditedThere() {
        Order order = ShippedOrders.fresh().paid().build();
        api.database().orders().hint(order.key(), order.channel(), SamplePolicies.RULES);
        api.database().orders().accept(order, PersonalData.none(), Instant.now());

        Answer answer = api.post(
                "/v1/orders/" + order.id() + "/edits?preview=true", Role.SUPPORT, "{\"order\": " + whole() + "}");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text("/detail")).contains("edit it there");
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "externalId":"EDIT-         | "externalId":"OTHER-     | /externalId
        2026-11-20T15:04:05Z        | 2026-11-20T15:04:06Z     | /placedAt
        "id":"2","sku":"NW-CAP-NVY" | "id":"3","sku":"NW-CAP-NVY" | /lines/1
        "quantity":2,"unitPrice":"25.00","discount":"5.00" | "quantity":3,"unitPrice":"15.00","discount":"0.00" | /lines/0/quantity
        "tags":                     | "soldAt":"ST-HARBOR","tags": | /soldAt
        """)
    void whatAnEditCantChangeIsNamed(String found, String replacement, String pointer) {
        handedOver();

        Answer answer = preview(whole().replace(found, replacement));

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.text("/errors/0/pointer")).isEqualTo(pointer);
    }

    @Test
    void anEditOfNothingAndOneWithoutAPlanAreRefused() {
        handedOver();

        assertThat(preview(whole()).status()).isEqualTo(422);
        assertThat(api.post(path(), Role.SUPPORT, "{\"order\": " + oneTee() + "}")
                        .status())
                .isEqualTo(422);
    }

    private Order handedOver() {
        return handedOver(whole());
    }

    private Order handedOver(String order) {
        Answer answer =
                api.postOnce("/v1/orders", Role.INTEGRATION, UUID.randomUUID().toString(), order);
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        return takenIn();
    }

    /** As its process does it. */
    private Order takenIn() {
        ChannelOrder told = told();
        api.database().orders().hint(key, told.order().channel(), rules);
        api.database().orders().accept(told.order(), told.person(), Instant.now());
        return told.order();
    }

    private void edited(String order) {
        Answer answer = edit(order, planOf(order));
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        takenIn();
    }

    private void reserved(Order order) {
        ShippedOrders.reserved(api, order, EAST, 0);
    }

    private static List<LineQuantity> lines(Order order) {
        return order.deliveries().getFirst().lines();
    }

    private ChannelOrder told() {
        return api.database().submittedOrders().read(key).orElseThrow();
    }

    private Map<String, Integer> held(Order order) {
        return api.database().orderReservations().of(order.id()).stream()
                .filter(row -> row.state().equals("HELD"))
                .collect(Collectors.toMap(Reserved::lineId, Reserved::quantity, Integer::sum));
    }

    private String whole() {
        return SampleSubmissions.shipped(key.externalId());
    }

    /** One tee in place of two, and no cap. */
    private String oneTee() {
        return whole().replace(
                        "\"quantity\":2,\"unitPrice\":\"25.00\",\"discount\":\"5.00\",\"total\":\"45.00\"",
                        "\"quantity\":1,\"unitPrice\":\"25.00\",\"discount\":\"5.00\",\"total\":\"20.00\"")
                .replaceFirst("(?s),\\s*\\{\"id\":\"2\".*?\\}\\]\\}\\]", "]")
                .replace("101.50", "34.00");
    }

    /** Both tees, and no cap. */
    private String noCap() {
        return whole().replaceFirst("(?s),\\s*\\{\"id\":\"2\".*?\\}\\]\\}\\]", "]")
                .replace("101.50", "59.00");
    }

    private String path() {
        return "/v1/orders/" + OrderId.of(key) + "/edits";
    }

    private Answer preview(String order) {
        return api.post(path() + "?preview=true", Role.SUPPORT, "{\"order\": " + order + "}");
    }

    private String planOf(String order) {
        return preview(order).text("/plan");
    }

    private Answer edit(String order, String plan) {
        return api.post(path(), Role.SUPPORT, "{\"order\": " + order + ", \"plan\": \"" + plan + "\"}");
    }

    private static List<String> details(JsonNode plan) {
        return plan.findValuesAsText("detail");
    }
}
