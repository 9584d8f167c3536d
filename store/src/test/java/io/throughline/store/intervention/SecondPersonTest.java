package io.throughline.store.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.access.ApiKeys;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseFile;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.IllegalDecision;
import io.throughline.domain.intervention.Interventions;
import io.throughline.domain.intervention.OrderEdits;
import io.throughline.domain.intervention.OrderEdits.Edit;
import io.throughline.domain.intervention.PlannedEdits;
import io.throughline.domain.intervention.SampleCasePolicies;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.Orders;
import io.throughline.domain.policy.SamplePolicies;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An order of 90 USD, where one person decides up to 50. */
class SecondPersonTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension(8, instant -> SampleCasePolicies.tenHours());

    private final Interventions interventions = POSTGRES.database().interventions();
    private final OrderId order = POSTGRES.stored(SampleOrder.fresh());
    private final Case open = POSTGRES.database()
            .cases()
            .open(SampleAccounts.SHOP, order.value(), "erp.invoice order", FailureCode.ERP_REJECTED, "no product");

    @Test
    void theFirstOneProposes() {
        Case still = decide(Action.CANCEL, "ada");
        decide(Action.CANCEL, "ada");

        assertThat(still.status()).isEqualTo(CaseStatus.OPEN);
        assertThat(file().proposal().map(Decision::actor)).contains("ada");
        assertThat(file().proposal().flatMap(Decision::note)).contains("it is too late");
        assertThat(kinds()).containsExactly("case.opened", "case.proposed");
        assertThat(wakeUps()).isZero();
    }

    @Test
    void theSecondOneDecides() {
        decide(Action.CANCEL, "ada");

        Case decided = decide(Action.CANCEL, "bob");

        assertThat(decided.status()).isEqualTo(CaseStatus.DECIDED);
        assertThat(decided.decision().map(Decision::actor)).contains("bob");
        assertThat(file().proposal()).isEmpty();
        assertThat(wakeUps()).isEqualTo(1);
    }

    @Test
    void whomNobodyKnowsIsNeitherTheFirstNorTheSecond() {
        Decision unknown = unverified(Action.CANCEL);

        interventions.decide(open.id(), unknown);
        decide(Action.CANCEL, "ada");
        Case still = interventions.decide(open.id(), unknown);

        assertThat(still.status()).isEqualTo(CaseStatus.OPEN);
        assertThat(file().proposal().map(Decision::actor)).contains("ada");
        assertThat(decide(Action.CANCEL, "bob").status()).isEqualTo(CaseStatus.DECIDED);
    }

    /** So little that one person decides alone, once it is known. */
    @Test
    void whomNobodyKnowsDecidesWhatIsAboutLittle() {
        Case silent = POSTGRES.database()
                .cases()
                .open(SampleAccounts.SHOP, "inbox/4711", "inbox", FailureCode.INBOX_UNREADABLE, "no JSON");
        Case unknownStake = POSTGRES.database()
                .cases()
                .open(SampleAccounts.SHOP, "O-0000000000", "erp.invoice order", FailureCode.ERP_REJECTED, "no product");

        assertThat(interventions
                        .decide(silent.id(), unverified(Action.ACCEPT_DIFFERENCE))
                        .status())
                .isEqualTo(CaseStatus.DECIDED);
        assertThat(interventions
                        .decide(unknownStake.id(), unverified(Action.CANCEL))
                        .status())
                .isEqualTo(CaseStatus.OPEN);
        assertThat(POSTGRES.database().caseFiles().find(unknownStake.id()).flatMap(CaseFile::proposal))
                .map(Decision::actorVerified)
                .contains(false);
    }

    private static Decision unverified(Action action) {
        return new Decision(
                action,
                "temporal",
                false,
                Optional.empty(),
                Map.of(),
                POSTGRES.clock().instant());
    }

    @Test
    void whoHasTwoKeysIsOnePerson() {
        decide(Action.CANCEL, "ada (key 1)");

        assertThat(decide(Action.CANCEL, "ada (key 2)").status()).isEqualTo(CaseStatus.OPEN);
        assertThat(decide(Action.CANCEL, "bob (key 3)").status()).isEqualTo(CaseStatus.DECIDED);
    }

    /** Whoever makes a key has seen it, and can come as its owner: directly, by a key between, and the other way round. */
    @Test
    void whoMadeTheKeyOfTheOtherIsNotTakenForASecondPerson() {
        ApiKeys keys = POSTGRES.database().apiKeys();
        keys.add("key1", "1", "ada", Set.of(Role.ADMIN), Optional.empty());
        keys.add("key2", "2", "bob", Set.of(Role.ADMIN), Set.of(), Optional.empty(), Optional.of("key1"));
        keys.add("key3", "3", "cleo", Set.of(Role.SUPPORT), Set.of(), Optional.empty(), Optional.of("key2"));
        keys.add("key4", "4", "dan", Set.of(Role.SUPPORT), Optional.empty());

        decide(Action.CANCEL, "ada (key key1)");
        assertThat(decide(Action.CANCEL, "bob (key key2)").status()).isEqualTo(CaseStatus.OPEN);
        assertThat(decide(Action.CANCEL, "cleo (key key3)").status()).isEqualTo(CaseStatus.OPEN);

        assertThat(file().proposal().map(Decision::actor))
                .as("what was proposed stands")
                .contains("ada (key key1)");
        assertThat(kinds()).containsExactly("case.opened", "case.proposed", "case.not-seconded", "case.not-seconded");
        assertThat(decide(Action.CANCEL, "dan (key key4)").status()).isEqualTo(CaseStatus.DECIDED);
    }

    @Test
    void whoeverMadeTheProposersKeyIsNotTheSecondPersonEither() {
        ApiKeys keys = POSTGRES.database().apiKeys();
        keys.add("key5", "5", "eve", Set.of(Role.ADMIN), Optional.empty());
        keys.add(
                "key6",
                "6",
                "nobody in particular",
                Set.of(Role.SUPPORT),
                Set.of(),
                Optional.empty(),
                Optional.of("key5"));

        decide(Action.CANCEL, "nobody in particular (key key6)");

        assertThat(decide(Action.CANCEL, "eve (key key5)").status()).isEqualTo(CaseStatus.OPEN);
        assertThat(decide(Action.CANCEL, "eve (key key7)").status())
                .as("by another key of theirs")
                .isEqualTo(CaseStatus.OPEN);
    }

    @Test
    void nobodyCancelsTheOrderPastTheCase() {
        assertThatThrownBy(() -> interventions.cancel(order, "ada (key 1)", "it is too late"))
                .isInstanceOf(IllegalDecision.class)
                .hasMessageContaining(open.id().value());

        decide(Action.CANCEL, "ada (key 1)");
        assertThat(interventions.cancel(order, "bob (key 3)", "it is too late")).isTrue();
    }

    @Test
    void whatWasTakenOffTheOrderCountsWithWhatIsLeft() {
        Order known = POSTGRES.database().orders().find(order).orElseThrow();
        Order less = new OrderBuilder(known.key(), "USD")
                .line(SampleOrder.CAP, 1, "40.00")
                .version(known.version().plusSeconds(60))
                .build();
        POSTGRES.database()
                .orders()
                .accept(less, PersonalData.none(), POSTGRES.clock().instant());

        assertThat(decide(Action.CANCEL, "ada").status()).isEqualTo(CaseStatus.OPEN);
        assertThatThrownBy(() -> interventions.cancel(order, "ada", "it is too late"))
                .isInstanceOf(IllegalDecision.class);
        assertThat(decide(Action.CANCEL, "bob").status()).isEqualTo(CaseStatus.DECIDED);
    }

    /** 90 USD become 60, which one person may want, and then 30, which would be 60 less altogether. */
    @Test
    void nobodyTakesAnOrderOffInPiecesPastTheCase() {
        OrderKey key = new OrderKey(SampleAccounts.REST, SampleOrder.freshKey().externalId());
        Order whole = submitted(key, "90.00", 0);
        POSTGRES.database().orders().hint(key, whole.channel(), SamplePolicies.RULES);
        takenIn(whole);
        Case stopped = POSTGRES.database()
                .cases()
                .open(key.account(), whole.id().value(), "order.screen order", FailureCode.UNKNOWN_SKU, "what?");
        Edit less = edit(key, "60.00", 1);
        Edit muchLess = edit(key, "30.00", 2);
        OrderEdits edits = POSTGRES.database()
                .stock(SampleStockRules.plain())
                .orderEdits(new PlannedEdits(new SampleAccounts(), new SamplePolicies()));
        assertThatThrownBy(() -> edits.plan(muchLess))
                .isInstanceOf(IllegalDecision.class)
                .hasMessageContaining("60.00 USD less")
                .hasMessageContaining(stopped.id().value());

        edits.carryOut(less, edits.plan(less).token(), "ada");
        takenIn(less.order());

        assertThatThrownBy(() -> edits.plan(muchLess)).isInstanceOf(IllegalDecision.class);
        interventions.decide(
                stopped.id(),
                new Decision(
                        Action.RETRY,
                        "ada",
                        true,
                        Optional.empty(),
                        Map.of(),
                        POSTGRES.clock().instant()));
        assertThat(edits.plan(muchLess).steps()).isNotEmpty();
    }

    private static Order order(OrderKey key, String total, int number) {
        return new OrderBuilder(key, "USD")
                .line(SampleOrder.TEE, 1, total)
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty())
                .version(Instant.parse("2026-11-20T15:00:00Z").plusSeconds(number))
                .build();
    }

    private static Edit edit(OrderKey key, String total, int number) {
        return new Edit(order(key, total, number), PersonalData.none(), "hash " + number);
    }

    private static Order submitted(OrderKey key, String total, int number) {
        Order order = order(key, total, number);
        POSTGRES.database()
                .orderIntake()
                .submit("client", key.externalId(), "hash " + number, order, PersonalData.none(), Optional.empty());
        return order;
    }

    private static void takenIn(Order order) {
        POSTGRES.database()
                .orders()
                .accept(order, PersonalData.none(), POSTGRES.clock().instant());
    }

    /** Nothing becomes another before; and who fills in the same agrees with the first. */
    @Test
    void whatIsProposedToBeAmendedIsNoFactUntilTheSecondOneAgrees() {
        Case unknown = POSTGRES.database()
                .cases()
                .open(SampleAccounts.SHOP, order.value(), "order.screen order", FailureCode.UNKNOWN_SKU, "no product");
        Map<String, String> names = Map.of("productNames", SampleOrder.CAP + "=NW-MUG-RED");
        Orders orders = POSTGRES.database().orders();

        assertThat(amend(unknown, names, "ada").status()).isEqualTo(CaseStatus.OPEN);
        assertThat(skus(orders.named(order))).contains(SampleOrder.CAP);
        assertThat(amend(unknown, names, "bob").status()).isEqualTo(CaseStatus.DECIDED);
        assertThat(skus(orders.named(order))).doesNotContain(SampleOrder.CAP).contains(Sku.of("NW-MUG-RED"));
    }

    private Case amend(Case about, Map<String, String> amendment, String actor) {
        return interventions.decide(
                about.id(),
                new Decision(
                        Action.AMEND_AND_RETRY,
                        actor,
                        true,
                        Optional.empty(),
                        amendment,
                        POSTGRES.clock().instant()));
    }

    private static List<Sku> skus(Order of) {
        return of.lines().stream().map(OrderLine::sku).toList();
    }

    @Test
    void onlyWhatIsLegalIsProposed() {
        assertThatThrownBy(() -> decide(Action.REROUTE, "bob")).isInstanceOf(IllegalDecision.class);
        assertThat(file().proposal()).isEmpty();
    }

    @Test
    void whatIsHarmlessNeedsNobodyElse() {
        decide(Action.CANCEL, "ada");

        assertThat(decide(Action.RETRY, "ada").status()).isEqualTo(CaseStatus.DECIDED);
        assertThat(file().proposal()).isEmpty();
    }

    private Case decide(Action action, String actor) {
        return interventions.decide(
                open.id(),
                new Decision(
                        action,
                        actor,
                        true,
                        Optional.of("it is too late"),
                        Map.of(),
                        POSTGRES.clock().instant()));
    }

    private CaseFile file() {
        return POSTGRES.database().caseFiles().find(open.id()).orElseThrow();
    }

    private List<String> kinds() {
        return POSTGRES.database().trace().of(order.value()).stream()
                .map(TraceEntry::kind)
                .filter(kind -> kind.startsWith("case."))
                .toList();
    }

    private int wakeUps() {
        return POSTGRES.tables()
                .withHandle(handle -> handle.select(
                                "select count(*) from inbox_message where subject = ?", "case/" + open.id())
                        .mapTo(Integer.class)
                        .one());
    }
}
