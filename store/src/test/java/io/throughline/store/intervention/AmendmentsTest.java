package io.throughline.store.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.AmendedPerson;
import io.throughline.domain.intervention.Amendment;
import io.throughline.domain.intervention.Amendments;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.IllegalDecision;
import io.throughline.domain.intervention.RefusedDocument.TaxPlace;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.order.Orders;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import io.throughline.store.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people amend is kept before it is decided, is a fact with the decision, and outlasts what the channel tells again. */
class AmendmentsTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final AtomicInteger NUMBERS = new AtomicInteger(100);
    private static final Instant THEN = Instant.parse("2026-11-20T15:00:00Z");

    private final Amendments amendments = POSTGRES.database().amendments();
    private final Orders orders = POSTGRES.database().orders();
    private final Sku notOurs = Sku.of("NOT-OURS-" + NUMBERS.incrementAndGet());
    private final Order order = fresh();

    @Test
    void anAddressIsKeptWithThePeopleAndBecomesAFactWithTheDecision() {
        Case refused = open("carrier.label " + order.id() + "-F1", FailureCode.CARRIER_REFUSED);
        Amendment kept = amendments.keep(
                refused.id(), Map.of("shipToStreet", "12 Canary Row", "shipToPostalCode", "07103"), "ada");

        assertThat(kept.was()).isEqualTo(Map.of("shipToStreet", "1 Analytical Way", "shipToPostalCode", "07102"));
        assertThat(person().shipTo().orElseThrow().street())
                .as("nobody has decided")
                .contains("1 Analytical Way");
        decide(refused, kept);

        PersonalData.PostalAddress address = person().shipTo().orElseThrow();
        assertThat(address.street()).contains("12 Canary Row");
        assertThat(address.postalCode()).contains("07103");
        assertThat(address.city()).as("what was not amended").contains("Newark");
        assertThat(person().billTo()).isEqualTo(SampleOrder.ada().billTo());
        assertThat(amendments.find(kept.id()).flatMap(Amendment::appliedAt)).isPresent();
        assertThat(occurrences("Canary Row")).containsExactly("person");
        assertThat(trace())
                .anyMatch(entry -> entry.detail()
                        .getOrDefault("amended", "")
                        .contains("shipToStreet → not shown (" + kept.id() + ")"));
    }

    @Test
    void whatTheChannelTellsAgainTakesNothingBackAndWhatItTellsAnewCounts() {
        Case refused = open("customer.tell " + order.id() + "-F1", FailureCode.MESSAGE_REFUSED);
        decide(refused, amendments.keep(refused.id(), Map.of("customerEmail", "right@example.com"), "ada"));

        accept(order, SampleOrder.ada(), 1);
        assertThat(person().email()).contains("right@example.com");
        accept(later(60), SampleOrder.ada(), 2);
        assertThat(person().email()).as("a new version with the old address").contains("right@example.com");

        PersonalData corrected =
                AmendedPerson.with(SampleOrder.ada(), Map.of("customerEmail", "corrected@example.com"));
        accept(later(120), corrected, 3);
        assertThat(person().email()).contains("corrected@example.com");
    }

    @Test
    void theSecondAmendmentOfACaseCounts() {
        Case refused = open("customer.tell " + order.id() + "-F1", FailureCode.MESSAGE_REFUSED);
        Decision first =
                decide(refused, amendments.keep(refused.id(), Map.of("customerPhone", "+1 201 555 0001"), "ada"));
        POSTGRES.database().cases().reopen(refused.id(), first, FailureCode.MESSAGE_REFUSED, "refused again");
        decide(refused, amendments.keep(refused.id(), Map.of("customerPhone", "+1 201 555 0002"), "bob"));

        assertThat(person().phone()).contains("+1 201 555 0002");
        accept(order, SampleOrder.ada(), 1);
        assertThat(person().phone()).contains("+1 201 555 0002");
    }

    @Test
    void theSameAmendmentIsOneAlsoOfManyAtOnceAndAfterItsDecision() throws Exception {
        Case refused = open("customer.tell " + order.id() + "-F1", FailureCode.MESSAGE_REFUSED);
        Map<String, String> fields = Map.of("customerEmail", "right@example.com");

        List<Amendment> kept = Together.run(6, i -> amendments.keep(refused.id(), fields, "ada"));
        assertThat(kept).extracting(Amendment::id).containsOnly(kept.getFirst().id());
        decide(refused, kept.getFirst());
        assertThat(amendments.keep(refused.id(), fields, "ada").id())
                .isEqualTo(kept.getFirst().id());
        assertThat(decide(refused, kept.getFirst()).amendment())
                .isEqualTo(Map.of("customerEmail", kept.getFirst().id().value()));

        assertThatThrownBy(() -> amendments.keep(refused.id(), Map.of("customerEmail", "other@example.com"), "bob"))
                .isInstanceOf(IllegalDecision.class)
                .hasMessageContaining("DECIDED");
    }

    @Test
    void whatHasBecomeAnotherSinceIsAmendedAnew() {
        Case refused = open("customer.tell " + order.id() + "-F1", FailureCode.MESSAGE_REFUSED);
        Amendment kept = amendments.keep(refused.id(), Map.of("customerEmail", "right@example.com"), "ada");
        accept(later(60), AmendedPerson.with(SampleOrder.ada(), Map.of("customerEmail", "corrected@example.com")), 1);

        assertThatThrownBy(() -> decide(refused, kept))
                .isInstanceOf(IllegalDecision.class)
                .hasMessageContaining("customerEmail has become another");

        assertThat(POSTGRES.database().cases().find(refused.id()).map(Case::status))
                .contains(CaseStatus.OPEN);
        assertThat(person().email()).contains("corrected@example.com");
    }

    @Test
    void noCaseIsAmendedByWhatIsOfAnotherAndNothingPersonalIsKeptWithADecision() {
        Case refused = open("customer.tell " + order.id() + "-F1", FailureCode.MESSAGE_REFUSED);
        Case other = open("customer.tell " + order.id() + "-F2", FailureCode.MESSAGE_REFUSED);
        Amendment ofOther = amendments.keep(other.id(), Map.of("customerEmail", "right@example.com"), "ada");

        assertThatThrownBy(() -> decide(refused, ofOther)).isInstanceOf(IllegalDecision.class);
        assertThatThrownBy(() -> decide(refused, Map.of("customerEmail", "right@example.com")))
                .isInstanceOf(IllegalDecision.class)
                .hasMessageContaining("keep the amendment first");
        assertThat(person().email()).isEqualTo(SampleOrder.ada().email());
    }

    @Test
    void itIsForgottenWithTheCustomer() {
        Case refused = open("customer.tell " + order.id() + "-F1", FailureCode.MESSAGE_REFUSED);
        Amendment kept = amendments.keep(refused.id(), Map.of("customerEmail", "canary-am@example.com"), "ada");
        POSTGRES.database().people().erase(order.customer());

        assertThat(occurrences("canary-am")).isEmpty();
        assertThat(amendments.find(kept.id()).orElseThrow().fields()).isEmpty();
        assertThatThrownBy(() -> decide(refused, kept)).isInstanceOf(IllegalDecision.class);
        assertThatThrownBy(() -> amendments.keep(refused.id(), Map.of("customerEmail", "x@example.com"), "ada"))
                .isInstanceOf(IllegalDecision.class);
    }

    @Test
    void aProductIsNamedForTheOrderAloneAndItsAmountsStay() {
        Case unknown = unknown();
        decide(unknown, Map.of("productNames", notOurs + "=" + SampleOrder.CAP));

        Order named = orders.named(order.id());
        assertThat(skus(named)).containsExactly(SampleOrder.TEE, SampleOrder.CAP);
        assertThat(named.deliveries().stream()
                        .map(Delivery::lines)
                        .flatMap(List::stream)
                        .map(LineQuantity::sku))
                .containsExactly(SampleOrder.TEE, SampleOrder.CAP);
        assertThat(named.total()).isEqualTo(order.total());
        assertThat(named.sumOfParts()).isEqualTo(order.sumOfParts());
        assertThat(orders.named(order.id())).as("once").isEqualTo(named);
        assertThat(orders.versions(order.id())).containsExactly(named, order);
        assertThat(trace())
                .filteredOn(entry -> entry.kind().equals("order.named"))
                .singleElement()
                .satisfies(
                        entry -> assertThat(entry.detail()).containsEntry("products", notOurs + "=" + SampleOrder.CAP));

        accept(order, SampleOrder.ada(), 5);
        assertThat(orders.find(order.id())).as("whatever is read again").contains(named);
        assertThat(orders.versions(order.id())).hasSize(2);
        Order next = fresh();
        accept(next, SampleOrder.ada(), 0);
        assertThat(skus(orders.named(next.id()))).as("another order").contains(notOurs);
    }

    @Test
    void aNameOfTheAccountsLetsOthersGoOnUntilItIsForgotten() {
        Order waiting = fresh();
        accept(waiting, SampleOrder.ada(), 0);
        POSTGRES.database().awaitedProducts().await(waiting.key(), waiting.id().value(), List.of(notOurs));
        decide(unknown(), Map.of("productNames", notOurs + "=" + SampleOrder.CAP, "productNamesFor", "ACCOUNT"));

        assertThat(POSTGRES.database().awaitedProducts().wake(_ -> false, 100)).isPositive();
        assertThat(skus(orders.named(waiting.id()))).containsExactly(SampleOrder.TEE, SampleOrder.CAP);
        Order next = fresh();
        accept(next, SampleOrder.ada(), 0);
        assertThat(skus(orders.find(next.id()).orElseThrow())).containsExactly(SampleOrder.TEE, SampleOrder.CAP);

        assertThat(POSTGRES.database().channelNames().of(order.key().account()))
                .anyMatch(one ->
                        one.name().equals(notOurs.value()) && one.product().equals(SampleOrder.CAP));
        assertThat(POSTGRES.database().channelNames().forget(order.key().account(), notOurs.value(), "ada"))
                .isTrue();
        assertThat(POSTGRES.database().channelNames().forget(order.key().account(), notOurs.value(), "ada"))
                .isFalse();
        accept(next.naming(Map.of(SampleOrder.CAP, notOurs)).withVersion(THEN.plusSeconds(60)), SampleOrder.ada(), 1);
        assertThat(skus(orders.find(next.id()).orElseThrow()))
                .as("it keeps what it was taken in by")
                .containsExactly(SampleOrder.TEE, SampleOrder.CAP);
        Order later = fresh();
        accept(later, SampleOrder.ada(), 0);
        assertThat(skus(orders.named(later.id()))).contains(notOurs);
    }

    /** What is told of a decision is what has become of it. */
    @Test
    void forWhomANameHoldsCanBeSaidLaterAndNotWithoutAName() {
        Case unknown = unknown();
        assertThatThrownBy(() -> decide(unknown, Map.of("productNamesFor", "ACCOUNT")))
                .isInstanceOf(IllegalDecision.class)
                .hasMessageContaining("names no product");
        Decision first = decide(unknown, Map.of("productNames", notOurs + "=" + SampleOrder.CAP));
        POSTGRES.database().cases().reopen(unknown.id(), first, FailureCode.UNKNOWN_SKU, "unknown again");

        Decision second = decide(unknown, Map.of("productNamesFor", "ACCOUNT"));

        assertThat(second.productNames()).isEqualTo(Map.of(notOurs.value(), SampleOrder.CAP.value()));
        Order next = fresh();
        accept(next, SampleOrder.ada(), 0);
        assertThat(skus(orders.find(next.id()).orElseThrow())).containsExactly(SampleOrder.TEE, SampleOrder.CAP);
    }

    @Test
    void anOrderThatWasLetThroughBeforeANameWasGivenStaysWhatItIs() {
        Order through = fresh();
        accept(through, SampleOrder.ada(), 0);
        orders.advance(through.id(), OrderStatus.VALIDATED, "for the test");
        orders.advance(through.id(), OrderStatus.APPROVED, "for the test");
        decide(unknown(), Map.of("productNames", notOurs + "=" + SampleOrder.CAP, "productNamesFor", "ACCOUNT"));

        accept(through.withVersion(THEN.plusSeconds(60)), SampleOrder.ada(), 1);

        assertThat(skus(orders.find(through.id()).orElseThrow())).contains(notOurs);
    }

    @Test
    void whereTaxesWereReckonedForIsKnown() {
        Order taxed = new OrderBuilder(SampleOrder.freshKey(), "USD")
                .line(SampleOrder.TEE, 1, "50.00", OrderBuilder.tax("NJ", "3.31"))
                .destination("US", 40.7, -74.0)
                .build();
        accept(taxed, SampleOrder.ada(), 0);
        Case refused = POSTGRES.database()
                .cases()
                .open(
                        taxed.key().account(),
                        taxed.id().value(),
                        "carrier.label " + taxed.id() + "-F1",
                        FailureCode.CARRIER_REFUSED,
                        "ADDRESS_NOT_SERVED");

        Optional<TaxPlace> place =
                POSTGRES.database().caseFiles().document(refused).taxedFor();
        assertThat(place.map(TaxPlace::taxed)).contains(true);
        assertThat(place.flatMap(TaxPlace::country)).contains("US");
    }

    /** A tee, and one of what the catalogue does not know. */
    private Order fresh() {
        return of(SampleOrder.freshKey(), THEN);
    }

    private Order later(int seconds) {
        return of(order.key(), THEN.plusSeconds(seconds));
    }

    private Order of(OrderKey key, Instant version) {
        return new OrderBuilder(key, "USD")
                .version(version)
                .line(SampleOrder.TEE, 2, "50.00")
                .line(notOurs, 1, "40.00")
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty())
                .build();
    }

    private Case open(String step, FailureCode code) {
        accept(order, SampleOrder.ada(), 0);
        return POSTGRES.database()
                .cases()
                .open(order.key().account(), order.id().value(), step, code, "no");
    }

    private Case unknown() {
        return open("order.screen order", FailureCode.UNKNOWN_SKU);
    }

    private void accept(Order read, PersonalData person, int minutesLater) {
        orders.accept(read, person, POSTGRES.clock().instant().plus(Duration.ofMinutes(minutesLater)));
    }

    private Decision decide(Case about, Amendment kept) {
        return decide(about, kept.kept());
    }

    private static Decision decide(Case about, Map<String, String> amendment) {
        return POSTGRES.database()
                .interventions()
                .decide(
                        about.id(),
                        new Decision(
                                Action.AMEND_AND_RETRY,
                                "ada",
                                true,
                                Optional.empty(),
                                amendment,
                                POSTGRES.clock().instant()))
                .decision()
                .orElseThrow();
    }

    private PersonalData person() {
        return POSTGRES.database().people().find(order.customer()).orElseThrow();
    }

    private List<TraceEntry> trace() {
        return POSTGRES.database().trace().of(order.id().value());
    }

    private static List<Sku> skus(Order of) {
        return of.lines().stream().map(OrderLine::sku).toList();
    }

    private static List<String> occurrences(String text) {
        return POSTGRES.tables()
                .withHandle(handle -> handle.createQuery("""
                        select table_name from information_schema.tables
                        where table_schema = 'public' and table_type = 'BASE TABLE'
                        """).mapTo(String.class).list().stream()
                        .filter(table -> handle.createQuery("select count(*) from " + table
                                                + " t where cast(t as text) like '%' || :text || '%'")
                                        .bind("text", text)
                                        .mapTo(Long.class)
                                        .one()
                                > 0)
                        .toList());
    }
}
