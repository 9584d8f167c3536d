package io.throughline.store.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.SampleSystemOfRecord;
import io.throughline.domain.customer.Customer;
import io.throughline.domain.customer.CustomerId;
import io.throughline.domain.customer.CustomerKey;
import io.throughline.domain.customer.CustomerSource.ChannelCustomer;
import io.throughline.domain.customer.Customers;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.customer.PersonalDataStore;
import io.throughline.domain.customer.Privacy;
import io.throughline.domain.event.EventType;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.policy.SamplePolicies;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Customers are kept as their owner has them, and forgotten for good. */
class PrivacyTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final AtomicInteger NUMBERS = new AtomicInteger(7_000);
    private static final Instant EARLY = Instant.parse("2026-11-01T09:00:00Z");
    private static final Instant LATER = Instant.parse("2026-11-02T09:00:00Z");

    private final Customers customers = POSTGRES.database().customers(new SampleSystemOfRecord());
    private final Privacy privacy = POSTGRES.database().privacy();
    private final PersonalDataStore people = POSTGRES.database().people();
    private final CustomerKey ada = key(SampleAccounts.SHOP);

    @Test
    void aCustomerIsAsTheirChannelLastSaid() {
        customers.take(ada, told(SampleOrder.ada(), LATER));
        customers.take(ada, told(PersonalData.none(), EARLY));

        assertThat(people.find(CustomerId.of(ada).ref())).contains(SampleOrder.ada());
        assertThat(customers.find(CustomerId.of(ada)))
                .contains(new Customer(CustomerId.of(ada), List.of(ada), Optional.of(LATER)));
    }

    @Test
    void aChannelThatOwnsNoCustomersIsRefused() {
        CustomerKey stranger = key(SampleAccounts.SHOP_KW);

        customers.take(stranger, told(SampleOrder.ada(), EARLY));

        assertThat(customers.find(CustomerId.of(stranger))).isEmpty();
        assertThat(people.find(CustomerId.of(stranger).ref())).isEmpty();
        assertThat(kinds(CustomerId.of(stranger).subject())).containsExactly("customer.refused");
    }

    @Test
    void afterAMergeBothAreTheOneWhoWasKept() {
        CustomerKey gone = key(SampleAccounts.SHOP);
        customers.take(ada, told(SampleOrder.ada(), EARLY));
        customers.take(gone, told(SampleOrder.ada(), EARLY));

        customers.merge(gone, ada);
        customers.merge(gone, ada);
        customers.take(gone, told(SampleOrder.ada(), LATER));

        assertThat(customers.find(CustomerId.of(gone)).map(Customer::id)).contains(CustomerId.of(ada));
        assertThat(customers.find(CustomerId.of(ada)).orElseThrow().keys()).containsExactlyInAnyOrder(ada, gone);
        assertThat(people.find(CustomerId.of(gone).ref())).contains(PersonalData.none());
        assertThat(people.find(CustomerId.of(ada).ref())).contains(SampleOrder.ada());
    }

    /** The words about them are asked of the API, by whoever may. */
    @Test
    void whoHasChangedAndWhoIsGoneIsToldByTheirNamesAlone() {
        CustomerKey gone = key(SampleAccounts.SHOP);
        customers.take(ada, told(SampleOrder.ada(), EARLY));
        customers.take(gone, told(SampleOrder.ada(), LATER));
        customers.merge(gone, ada);

        assertThat(toldOf(CustomerId.of(ada)))
                .containsExactly(Map.entry(EventType.CUSTOMER_UPDATED, updated(ada, EARLY)));
        assertThat(toldOf(CustomerId.of(gone)))
                .containsExactly(
                        Map.entry(EventType.CUSTOMER_UPDATED, updated(gone, LATER)),
                        Map.entry(
                                EventType.CUSTOMER_MERGED,
                                Map.of(
                                        "customer", CustomerId.of(gone).value(),
                                        "into", CustomerId.of(ada).value(),
                                        "account", gone.account().value(),
                                        "externalId", gone.externalId(),
                                        "intoExternalId", ada.externalId())));
    }

    private static Map<String, Object> updated(CustomerKey key, Instant version) {
        return Map.of(
                "customer", CustomerId.of(key).value(),
                "account", key.account().value(),
                "externalId", key.externalId(),
                "version", version.toString());
    }

    private static List<Map.Entry<EventType, Map<String, Object>>> toldOf(CustomerId id) {
        return POSTGRES.database().trace().of(id.subject()).stream()
                .flatMap(entry -> EventType.of(id.subject(), entry.kind(), entry.detail()).stream()
                        .map(type -> Map.entry(type, type.data(id.subject(), entry.detail()))))
                .toList();
    }

    @Test
    void aChannelThatOwnsNoCustomersMergesNone() {
        CustomerKey stranger = key(SampleAccounts.SHOP_KW);
        CustomerKey kept = key(SampleAccounts.SHOP_KW);

        customers.merge(stranger, kept);

        assertThat(customers.find(CustomerId.of(kept))).isEmpty();
        assertThat(kinds(CustomerId.of(kept).subject())).containsExactly("customer.refused");
    }

    /** He was read before the merge, and is written after it. */
    @Test
    void whatWasReadBeforeAMergeDoesNotUndoIt() {
        CustomerKey gone = key(SampleAccounts.SHOP);
        customers.take(ada, told(SampleOrder.ada(), EARLY));
        customers.take(gone, told(SampleOrder.ada(), EARLY));
        CustomerId before = POSTGRES.tables().withHandle(handle -> LinkRows.customer(handle, gone));
        customers.merge(gone, ada);

        boolean written = POSTGRES.tables()
                .withHandle(handle -> LinkRows.put(
                        handle, gone, before, LATER, POSTGRES.clock().instant()));

        assertThat(written).isFalse();
        assertThat(customers.find(CustomerId.of(gone)).map(Customer::id)).contains(CustomerId.of(ada));
    }

    @Test
    void whatIsKeptIsPutTogetherOnce() {
        Order order = accepted();
        customers.take(ada, told(SampleOrder.ada(), EARLY));

        privacy.export("9999", ada, List.of(order.key()));
        privacy.export("9999", ada, List.of(order.key()));

        String document = privacy.exported(ada.account(), "9999").orElseThrow();
        assertThat(document)
                .contains(CustomerId.of(ada).value())
                .contains(order.customer().value())
                .contains("Canary");
        assertThat(proofs("privacy.exported", "9999")).singleElement().satisfies(proof -> {
            assertThat(proof.detail()).containsKey("sha256").containsEntry("orders", "1");
            assertThat(proof.toString()).doesNotContain("Canary");
        });
    }

    @Test
    void whatACustomerHasAskedForIsACaseUntilSomebodyTakesIt() {
        Order order = accepted();
        customers.take(ada, told(SampleOrder.ada(), EARLY));
        Instant asked = POSTGRES.clock().instant();

        privacy.export("9996", ada, List.of(order.key()));
        privacy.export("9996", ada, List.of(order.key()));

        Case open = onlyCase("9996");
        assertThat(open.code()).isEqualTo(FailureCode.PRIVACY_REQUEST);
        assertThat(open.dueAt()).isEqualTo(asked.plus(Duration.ofDays(30)));
        assertThat(open.detail()).contains("9996").doesNotContain("Canary");

        privacy.seen(ada.account(), "9996", "kim@northwind.example");
        privacy.seen(ada.account(), "9996", "kim@northwind.example");

        assertThat(onlyCase("9996").status()).isEqualTo(CaseStatus.CLOSED);
        assertThat(kinds("privacy/" + ada.account() + "/9996")).containsExactly("case.opened", "case.closed");
    }

    @Test
    void theOrdersThatItIsAboutAreNamed() {
        Order order = accepted();
        OrderKey neverHeardOf = SampleOrder.freshKey();

        privacy.export("9995", ada, List.of(order.key(), neverHeardOf));

        assertThat(privacy.exported(ada.account(), "9995").orElseThrow())
                .contains("\"order\": \"" + order.id() + "\"")
                .contains("\"externalId\": \"" + order.key().externalId() + "\"")
                .contains("\"returns\": []")
                .doesNotContain(neverHeardOf.externalId());
    }

    private Case onlyCase(String request) {
        List<Case> cases = POSTGRES.database().cases().ofSubject("privacy/" + ada.account() + "/" + request);
        assertThat(cases).hasSize(1);
        return cases.getFirst();
    }

    @Test
    void whoIsForgottenStaysForgotten() {
        Order order = accepted();
        OrderKey notYetRead = SampleOrder.freshKey();
        customers.take(ada, told(SampleOrder.ada(), EARLY));
        privacy.export("9998", ada, List.of(order.key()));

        privacy.erase(ada, List.of(order.key(), notYetRead));
        customers.take(ada, told(SampleOrder.ada(), LATER));
        Order late = SampleOrder.of(notYetRead).build();
        accept(late);

        assertThat(people.find(CustomerId.of(ada).ref())).contains(PersonalData.none());
        assertThat(people.find(order.customer())).contains(PersonalData.none());
        assertThat(people.find(late.customer())).contains(PersonalData.none());
        assertThat(privacy.exported(ada.account(), "9998")).isEmpty();
        assertThat(proofs("privacy.erased", CustomerId.of(ada).value())).hasSize(1);
    }

    @Test
    void aMergedNameForgetsTheOneWhoWasKept() {
        CustomerKey gone = key(SampleAccounts.SHOP);
        customers.take(ada, told(SampleOrder.ada(), EARLY));
        customers.merge(gone, ada);

        privacy.erase(gone, List.of());

        assertThat(people.find(CustomerId.of(ada).ref())).contains(PersonalData.none());
    }

    @Test
    void aChannelThatIsForgottenTakesNobodyElseAlong() {
        CustomerKey japanese = key(SampleAccounts.SHOP_JP);
        customers.take(ada, told(SampleOrder.ada(), EARLY));
        customers.take(japanese, told(SampleOrder.ada(), EARLY));

        CustomerKey neverRead = key(SampleAccounts.SHOP_JP);
        Order order = accepted();
        privacy.export("9997", neverRead, List.of(order.key()));
        assertThat(privacy.exported(SampleAccounts.SHOP_JP, "9997").orElseThrow())
                .contains("Canary");

        privacy.eraseAll(SampleAccounts.SHOP_JP);

        assertThat(privacy.exported(SampleAccounts.SHOP_JP, "9997")).isEmpty();
        assertThat(people.find(CustomerId.of(japanese).ref())).contains(PersonalData.none());
        assertThat(people.find(CustomerId.of(ada).ref())).contains(SampleOrder.ada());
    }

    private static Order accepted() {
        Order order = SampleOrder.of(SampleOrder.freshKey()).build();
        accept(order);
        return order;
    }

    private static void accept(Order order) {
        POSTGRES.database().orders().hint(order.key(), order.channel(), SamplePolicies.RULES);
        POSTGRES.database()
                .orders()
                .accept(order, SampleOrder.ada(), POSTGRES.clock().instant());
    }

    private static CustomerKey key(AccountId account) {
        return new CustomerKey(account, Integer.toString(NUMBERS.incrementAndGet()));
    }

    private static ChannelCustomer told(PersonalData person, Instant version) {
        return new ChannelCustomer(person, version);
    }

    private static List<String> kinds(String subject) {
        return POSTGRES.database().trace().of(subject).stream()
                .map(TraceEntry::kind)
                .toList();
    }

    private static List<TraceEntry> proofs(String kind, String about) {
        return POSTGRES.database().trace().of("privacy/" + SampleAccounts.SHOP).stream()
                .filter(entry -> entry.kind().equals(kind))
                .filter(entry -> entry.detail().containsValue(about))
                .toList();
    }
}
