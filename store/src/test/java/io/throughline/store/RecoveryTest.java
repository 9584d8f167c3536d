package io.throughline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.EffectRedrives;
import io.throughline.domain.effect.EffectRedrives.Finding;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.inbox.Inbox;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.inbox.InboxReplays;
import io.throughline.domain.inbox.InboxReplays.Filter;
import io.throughline.domain.inbox.InboxReplays.Kind;
import io.throughline.domain.intervention.IllegalDecision;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.policy.OrderRules;
import io.throughline.domain.reconciliation.Repairs;
import io.throughline.domain.reconciliation.Repairs.Repair;
import io.throughline.domain.trace.TraceEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people have done once more, many at a time. */
class RecoveryTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension(8);

    private final Database database = POSTGRES.database();
    private final Inbox inbox = database.inbox();
    private final InboxReplays replays = database.inboxReplays();

    @Test
    void deadLettersOfAFilterAreShownThenPutBackWithTheirCases() {
        AccountId shop = AccountId.of("dead");
        inbox.store(shop, "orders/paid", "1", "order/dead/1", "{}");
        inbox.store(shop, "orders/paid", "2", "order/dead/2", "{}");
        inbox.store(shop, "orders/edited", "3", "order/dead/3", "{}");
        handleAll(new Handling.Unreadable("no JSON"));
        Filter paid = new Filter(
                Kind.DEAD_LETTERS,
                Optional.of(shop),
                Optional.of("orders/paid"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        InboxReplays.Preview preview = replays.preview(paid, 1);
        assertThat(preview.matching()).isEqualTo(2);
        assertThat(preview.sample()).extracting(InboxMessage::eventId).containsExactly("1");
        assertThat(handleAll(new Handling.Done())).as("a preview does nothing").isEmpty();

        InboxReplays.Put put = replays.replay(paid, 0, "ada (key 1)");

        assertThat(put.replayed()).isEqualTo(2);
        assertThat(handleAll(new Handling.Done())).containsExactly("1", "2");
        assertThat(inbox.deadLetters(500))
                .filteredOn(message -> message.account().equals(shop))
                .extracting(InboxMessage::eventId)
                .containsExactly("3");
        assertThat(database.cases().unclosed(List.of(Inbox.caseSubject(put.last()))))
                .as("its case is closed")
                .isEmpty();
        assertThat(database.trace().of("recovery/inbox"))
                .anySatisfy(entry -> assertThat(entry.detail()).containsEntry("actor", "ada (key 1)"));
    }

    /** Who deals with one of them meanwhile ends nobody else's replay, and each message says itself who wanted it. */
    @Test
    void whatIsDealtWithMeanwhileEndsNoReplay() {
        AccountId shop = AccountId.of("dead-many");
        int all = InboxReplays.MOST_AT_ONCE + 1;
        for (int number = 1; number <= all; number++) {
            inbox.store(shop, "orders/paid", Integer.toString(number), "order/dead-many/" + number, "{}");
        }
        handleAll(new Handling.Unreadable("no JSON"));
        refuseToRevive("order/dead-many/7");
        Filter dead = new Filter(
                Kind.DEAD_LETTERS,
                Optional.of(shop),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        InboxReplays.Put first = replays.replay(dead, 0, "ada (key 1)");
        InboxReplays.Put second = replays.replay(dead, first.last(), "ada (key 1)");

        assertThat(first.replayed()).isEqualTo(InboxReplays.MOST_AT_ONCE - 1);
        assertThat(first.more()).isTrue();
        assertThat(second.replayed()).isOne();
        assertThat(second.more()).isFalse();
        assertThat(database.trace().of(OrderId.of(new OrderKey(shop, "1")).value()))
                .filteredOn(entry -> entry.kind().equals("inbox.replayed"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.detail()).containsEntry("actor", "ada (key 1)"));
        handleAll(new Handling.Done());
    }

    /** As if somebody had dealt with it between the reading of the page and its turn. */
    private static void refuseToRevive(String subject) {
        POSTGRES.tables().useHandle(handle -> {
            handle.execute("create or replace function pass_by() returns trigger language plpgsql as "
                    + "'begin return null; end'");
            handle.execute("create trigger passed_by before update on inbox_message for each row"
                    + " when (new.state = 'PENDING' and new.subject = '" + subject + "') execute function pass_by()");
        });
    }

    @Test
    void handledMessagesAreHandledAgainEachOnceInTheirOrder() {
        AccountId shop = AccountId.of("again");
        Instant before = POSTGRES.clock().instant();
        for (int number = 1; number <= 4; number++) {
            inbox.store(shop, "orders/paid", Integer.toString(number), "order/again/" + number % 2, "{}");
        }
        handleAll(new Handling.Done());
        Filter all = new Filter(
                Kind.HANDLED,
                Optional.of(shop),
                Optional.of("orders/paid"),
                Optional.empty(),
                Optional.of(before),
                Optional.empty());

        InboxReplays.Put put = replays.replay(all, 0, "ada");
        assertThat(put.replayed()).isEqualTo(4);
        assertThat(handleAll(new Handling.Done())).containsExactlyInAnyOrder("1", "2", "3", "4");

        assertThat(replays.replay(all, put.last(), "ada").replayed())
                .as("those that were handled again meanwhile are not taken for others")
                .isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Filter(
                        Kind.HANDLED,
                        Optional.of(shop),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void theProcessesOfUnknownEffectsAreWokenOnceAndOthersNamed() {
        AccountId shop = AccountId.of("unknown");
        OrderKey key = new OrderKey(shop, "1");
        database.orders().hint(key, Channel.ONLINE, new OrderRules("standard-1", Set.of()));
        unknown(shop, OrderId.of(key).value(), "capture");
        unknown(shop, OrderId.of(key) + "-F1", "release");
        unknown(shop, "inventory/unknown", "publish");
        EffectRedrives redrives = database.effectRedrives();
        EffectRedrives.Filter filter = new EffectRedrives.Filter(Optional.of(shop), Optional.empty());

        assertThat(redrives.preview(filter, 2).matching()).isEqualTo(3);
        assertThat(redrives.preview(filter, 2).sample())
                .extracting(effect -> effect.key().operation())
                .containsExactly("capture", "release");
        assertThat(handleAll(new Handling.Done())).isEmpty();

        EffectRedrives.Driven driven = redrives.redrive(filter, "ada");

        assertThat(driven.woken()).isOne();
        assertThat(driven.left()).extracting(EffectKey::subject).containsExactly("inventory/unknown");
        assertThat(driven.next()).isEmpty();
        List<String> subjects = new ArrayList<>();
        while (inbox.dispatchNext(message -> {
            subjects.add(message.topic() + " " + message.subject());
            return new Handling.Done();
        })) {
            // Until nothing is due.
        }
        assertThat(subjects).containsExactly("throughline/redrive order/unknown/1");
        assertThat(redrives.preview(new EffectRedrives.Filter(Optional.of(shop), Optional.of("capture")), 5)
                        .matching())
                .as("nothing is known of them yet")
                .isOne();
    }

    /** Those that no process stands for stay unknown, and keep no younger one from its turn. */
    @Test
    void whatIsBeyondTheMostAtOnceHasItsTurnToo() {
        AccountId shop = AccountId.of("unknown-many");
        for (int number = 1; number <= EffectRedrives.MOST_AT_ONCE; number++) {
            unknown(shop, "inventory/" + number, "publish");
        }
        OrderKey key = new OrderKey(shop, "1");
        database.orders().hint(key, Channel.ONLINE, new OrderRules("standard-1", Set.of()));
        unknown(shop, OrderId.of(key).value(), "capture");
        EffectRedrives redrives = database.effectRedrives();
        EffectRedrives.Filter filter = new EffectRedrives.Filter(Optional.of(shop), Optional.empty());

        EffectRedrives.Driven first = redrives.redrive(filter, "ada");
        // Looked for in vain since the go began: it is of the next one.
        POSTGRES.clock().advance(Duration.ofSeconds(1));
        unknown(shop, "inventory/late", "publish");
        EffectRedrives.Driven second = redrives.redrive(filter, first.next(), "ada");

        assertThat(first.woken()).isZero();
        assertThat(first.left()).hasSize(EffectRedrives.MOST_AT_ONCE);
        assertThat(second.woken()).isOne();
        assertThat(second.left()).isEmpty();
        assertThat(second.next()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> redrives.redrive(filter, Optional.of("from here on"), "ada"))
                .withMessageContaining("next");
    }

    /** Nobody looks for it any more, so somebody has; said twice it is said once. */
    @Test
    void whatSomebodyHasFoundOfAnEndedOrderIsSettledWithTheirName() {
        AccountId shop = AccountId.of("unknown-ended");
        OrderId order = ended(shop);
        EffectKey there = unknown(shop, order.value(), "capture");
        EffectKey nowhere = unknown(shop, order.value(), "tell");
        EffectRedrives redrives = database.effectRedrives();
        EffectRedrives.Filter filter = new EffectRedrives.Filter(Optional.of(shop), Optional.empty());
        assertThat(redrives.redrive(filter, "ada").left()).containsExactly(there, nowhere);

        redrives.settle(there, new Finding.Happened("T-4711"), "ada (key 1)");
        redrives.settle(nowhere, new Finding.NotThere(), "ada (key 1)");
        redrives.settle(there, new Finding.Happened("T-4711"), "ada (key 1)");

        assertThat(redrives.preview(filter, 5).matching()).isZero();
        assertThat(database.effects().find(there).flatMap(EffectLedger.Effect::receipt))
                .contains(Receipt.of("T-4711"));
        assertThat(database.effects().find(nowhere).map(EffectLedger.Effect::state))
                .contains(EffectLedger.State.GIVEN_UP);
        assertThat(database.trace().of(order.value()))
                .filteredOn(entry -> "ada (key 1)".equals(entry.detail().get("actor")))
                .extracting(TraceEntry::kind)
                .containsExactly("effect.found", "effect.not-found");
        assertThat(database.trace().lookup("T-4711")).contains(order.value());
        assertThatThrownBy(() -> redrives.settle(there, new Finding.NotThere(), "bob"))
                .isInstanceOf(IllegalDecision.class)
                .hasMessageContaining("SUCCEEDED as T-4711");
        assertThat(redrives.settle(new EffectKey(shop, "nothing", "capture", 1), new Finding.NotThere(), "bob"))
                .isEmpty();
    }

    @Test
    void whatAProcessStillLooksForIsNotSettledByHand() {
        AccountId shop = AccountId.of("unknown-open");
        OrderKey key = new OrderKey(shop, "1");
        database.orders().hint(key, Channel.ONLINE, new OrderRules("standard-1", Set.of()));
        EffectKey capture = unknown(shop, OrderId.of(key).value(), "capture");

        assertThatThrownBy(() -> database.effectRedrives().settle(capture, new Finding.NotThere(), "ada"))
                .isInstanceOf(IllegalDecision.class)
                .hasMessageContaining("redrive");
        assertThat(database.effects().find(capture).map(EffectLedger.Effect::state))
                .contains(EffectLedger.State.UNKNOWN);
    }

    private OrderId ended(AccountId shop) {
        OrderKey key = new OrderKey(shop, "1");
        database.orders().hint(key, Channel.ONLINE, new OrderRules("standard-1", Set.of()));
        OrderId order = OrderId.of(key);
        database.orders().advance(order, OrderStatus.REJECTED, "it does not add up");
        return order;
    }

    @Test
    void theProcessOfAStoresDayIsWokenToo() {
        AccountId books = AccountId.of("unknown-books");
        unknown(books, "store-day/ST-HARBOR/2026-11-23", "invoice");

        EffectRedrives.Driven driven = database.effectRedrives()
                .redrive(new EffectRedrives.Filter(Optional.of(books), Optional.empty()), "ada");

        assertThat(driven.left()).isEmpty();
        assertThat(POSTGRES.dispatched())
                .extracting(InboxMessage::subject)
                .containsExactly("store-day/ST-HARBOR/2026-11-23");
    }

    /** It looks for what it was telling until it knows; what it told before that, nobody goes by any more. */
    @Test
    void theStockSyncIsWokenForWhatItHasInHandAlone() {
        AccountId shop = AccountId.of("unknown-stock");
        String sync = "inventory/" + shop;
        EffectKey before = unknown(shop, sync, "publish", "0");
        long number = POSTGRES.tables()
                .withHandle(handle -> handle.select(
                                "insert into stock_telling (account, made_at) values (?, now()) returning number",
                                shop.value())
                        .mapTo(Long.class)
                        .one());
        EffectKey inHand = unknown(shop, sync, "publish", Long.toString(number));
        EffectRedrives redrives = database.effectRedrives();

        EffectRedrives.Driven driven =
                redrives.redrive(new EffectRedrives.Filter(Optional.of(shop), Optional.empty()), "ada");

        assertThat(driven.left()).containsExactly(before);
        assertThat(POSTGRES.dispatched()).extracting(InboxMessage::subject).containsExactly(sync);
        assertThatThrownBy(() -> redrives.settle(inHand, new Finding.NotThere(), "ada"))
                .isInstanceOf(IllegalDecision.class)
                .hasMessageContaining(sync + " looks for it by itself");
        assertThat(redrives.settle(before, new Finding.NotThere(), "ada").map(EffectLedger.Effect::state))
                .contains(EffectLedger.State.GIVEN_UP);
    }

    @Test
    void whatComparisonsHaveFoundIsListed() {
        AccountId shop = AccountId.of("compared");
        Instant before = POSTGRES.clock().instant();
        inbox.store(shop, Repairs.OF_ORDER, "7@v", "order/compared/7", "{}");
        inbox.store(shop, "orders/paid", "8", "order/compared/8", "{}");

        assertThat(database.repairs().since(shop, before, 10))
                .singleElement()
                .satisfies(repair -> assertThat(repair.handled()).isFalse())
                .extracting(Repair::subject)
                .isEqualTo("order/compared/7");
        assertThat(database.repairs().since(shop, before.plus(Duration.ofDays(1)), 10))
                .isEmpty();
        assertThat(database.repairs().count(shop, before)).isEqualTo(new Repairs.Count(1, 0));
        handleAll(new Handling.Done());
        assertThat(database.repairs().since(shop, before, 10)).allMatch(Repair::handled);
        assertThat(database.repairs().count(shop, before)).isEqualTo(new Repairs.Count(1, 1));
        assertThat(database.repairs().count(shop, before.plus(Duration.ofDays(1))))
                .isEqualTo(new Repairs.Count(0, 0));
    }

    private EffectKey unknown(AccountId account, String subject, String operation) {
        return unknown(account, subject, operation, "once");
    }

    private EffectKey unknown(AccountId account, String subject, String operation, String purpose) {
        EffectLedger effects = database.effects();
        EffectKey key = effects.intend(account, subject, operation, purpose);
        EffectLedger.Claim claim = effects.claim(key, OutsideSystem.SHOPIFY, "what", Duration.ofSeconds(20));
        effects.fail(key, ((EffectLedger.Claim.Held) claim).token(), FailureCode.OUTCOME_UNKNOWN, "no answer", true);
        POSTGRES.clock().advance(Duration.ofSeconds(1));
        return key;
    }

    /** The events that were due. */
    private List<String> handleAll(Handling answer) {
        List<String> events = new ArrayList<>();
        while (inbox.dispatchNext(message -> {
            events.add(message.eventId());
            return answer;
        })) {
            // Until nothing is due.
        }
        return events;
    }
}
