package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.Offer;
import io.throughline.domain.fulfillment.OfferChoice;
import io.throughline.domain.fulfillment.Reroute.Finding;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.RerouteId;
import io.throughline.domain.fulfillment.Reroutes;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.order.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a customer is asked of an order, and that one answer counts. */
class OffersApiTest {
    private static final String HARBOR = "{\"choice\":\"OTHER_STORE\",\"store\":\"ST-HARBOR\"}";

    /** What others of these tests have found missing is covered first. */
    private static final int PLENTY = 100;

    private final TestingApi api = TestingApi.get();
    private final Order order = ShippedOrders.fresh().paid().build();
    private final String offers = "/v1/orders/" + order.id() + "/offers";
    private RerouteId offer = RerouteId.of(FulfillmentOrderId.of(order.id(), 1), 1);

    @BeforeEach
    void ask() {
        offer = asked(Instant.now().plus(Duration.ofHours(24)));
    }

    @Test
    void itIsListedWithItsChoicesAndTheNamesOfTheStores() {
        Answer listed = api.get(offers, Role.SUPPORT);

        assertThat(listed.status()).isEqualTo(200);
        assertThat(listed.text("/offers/0/id")).isEqualTo(offer.value());
        assertThat(listed.text("/offers/0/status")).isEqualTo("OPEN");
        assertThat(listed.text("/offers/0/choices/0/choice")).isEqualTo("OTHER_STORE");
        assertThat(listed.text("/offers/0/choices/0/stores/0/name")).isEqualTo("Northwind Harbor");
        assertThat(listed.text("/offers/0/byDefault")).isEqualTo("CANCEL");
        assertThat(listed.text("/offers/0/lines/0/sku"))
                .isEqualTo(order.lines().getFirst().sku().value());
    }

    @Test
    void anAnswerCountsAndIsRepeatedByItsKey() {
        Answer first = answer("key-" + offer, HARBOR);

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.text("/answer")).isEqualTo("OTHER_STORE");
        assertThat(first.text("/store")).isEqualTo("ST-HARBOR");
        assertThat(answer("key-" + offer, HARBOR).body()).isEqualTo(first.body());
        Answer other = answer("another-" + offer, "{\"choice\":\"CANCEL\"}");
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.text("/detail")).contains("it is answered already", offers);
        assertThat(api.get(offers, Role.SUPPORT).text("/offers/0/status")).isEqualTo("ANSWERED");
    }

    @Test
    void whatIsNotOfferedIsRefusedWithWhatIs() {
        assertThat(answer("k1-" + offer, "{\"choice\":\"WAIT\"}").status()).isEqualTo(422);
        assertThat(answer("k2-" + offer, "{\"choice\":\"OTHER_STORE\",\"store\":\"ST-DUBLIN\"}")
                        .body())
                .contains("it offers OTHER_STORE [ST-HARBOR], CANCEL");
        assertThat(answer("k3-" + offer, "{\"choice\":\"OTHER_STORE\",\"store\":\"\"}")
                        .status())
                .isEqualTo(422);
        assertThat(answer("k4-" + offer, "{\"choice\":\"MAYBE\"}").status()).isEqualTo(400);
        assertThat(api.post(offers + "/" + offer + "/answers", Role.SUPPORT, HARBOR)
                        .text("/type"))
                .endsWith("idempotency-key-missing");
        assertThat(api.postOnce(offers + "/" + offer + "9/answers", Role.SUPPORT, "k5-" + offer, HARBOR)
                        .status())
                .isEqualTo(404);
        assertThat(api.postOnce(offers + "/nothing/answers", Role.SUPPORT, "k6-" + offer, HARBOR)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anOfferOfARerouteThatHasEndedIsOver() {
        api.database().reroutes().callOff(order.id());

        assertThat(answer("late-" + offer, HARBOR).status()).isEqualTo(409);
        assertThat(api.get(offers, Role.SUPPORT).text("/offers/0/status")).isEqualTo("OVER");
    }

    private Answer answer(String key, String body) {
        return api.postOnce(offers + "/" + offer + "/answers", Role.SUPPORT, key, body);
    }

    private RerouteId asked(Instant until) {
        FulfillmentOrderId work = ShippedOrders.allocated(
                api, order, PersonalData.none(), SampleFacilities.ST_DOWNTOWN, DeliveryMethod.PICKUP, PLENTY);
        Reroutes reroutes = api.database().reroutes();
        RerouteId id = reroutes.open(work, RerouteCause.REJECTED).id();
        reroutes.offer(
                id,
                Finding.of("the store has none"),
                new Offer(
                        List.of(
                                new Offer.Choice(OfferChoice.OTHER_STORE, List.of(SampleFacilities.ST_HARBOR)),
                                Offer.Choice.of(OfferChoice.CANCEL)),
                        OfferChoice.CANCEL,
                        until));
        return id;
    }
}
