package io.throughline.worker.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.SettableClock;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.TestingCases;
import io.throughline.domain.order.TestingAwaitedProducts;
import io.throughline.domain.sale.SampleTillSales;
import io.throughline.domain.sale.StoreSale;
import io.throughline.domain.sale.TestingTillSales;
import io.throughline.domain.sale.TestingTills;
import io.throughline.domain.sale.TillSaleCheck;
import io.throughline.domain.sale.TillSaleId;
import io.throughline.domain.sale.Tills.Told;
import io.throughline.domain.trace.TestingTrace;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TillDeskTest {
    private static final Instant VERSION = Instant.parse("2026-11-23T17:00:05Z");
    private static final Sku WRAPPING = Sku.of("Gift wrapping");

    private final SettableClock clock = new SettableClock(VERSION.plusSeconds(1));
    private final TestingTills tills = new TestingTills();
    private final TestingTillSales sales = new TestingTillSales();
    private final TestingCases cases = new TestingCases(clock);
    private final Set<Sku> catalog = new HashSet<>(Set.of(SampleTillSales.MUG));
    private final TillSaleId id = SampleTillSales.id("S1");
    private final TestingAwaitedProducts awaited = new TestingAwaitedProducts();
    private final TillDesk desk = new TillDesk(
            new SampleAccounts(),
            tills,
            sales,
            new TillSaleCheck(catalog::contains),
            awaited,
            cases,
            new TestingTrace(clock),
            clock,
            1);

    @Test
    void aSaleIsReadAndBookedAtOnce() {
        tills.tells(SampleTillSales.mugs("S1", VERSION, 2));

        assertThat(hear("order.created", "payment.created")).isInstanceOf(Handling.Done.class);

        assertThat(sales.booked()).extracting(StoreSale::id).containsExactly("S1");
    }

    @Test
    void whatWasHeardBeforeItWasReadIsNoNews() {
        tills.tells(SampleTillSales.mugs("S1", VERSION, 2));
        InboxMessage early = message("payment.updated", 0);
        clock.advance(Duration.ofMillis(5));
        hear("payment.created");

        assertThat(desk.heard(id.key(), List.of(early))).isInstanceOf(Handling.Done.class);
        assertThat(tills.reads()).isEqualTo(1);

        clock.advance(Duration.ofMillis(5));
        hear("payment.updated");
        assertThat(tills.reads()).isEqualTo(2);
        assertThat(sales.booked()).as("it says the same").hasSize(1);
    }

    @Test
    void aSaleThatIsNotCompleteWaitsForItsNextMessage() {
        assertThat(hear("order.created")).isInstanceOf(Handling.Done.class);
        assertThat(sales.booked()).isEmpty();

        tills.tells(SampleTillSales.mugs("S1", VERSION, 2));
        hear("order.updated");
        assertThat(sales.booked()).hasSize(1);
    }

    @Test
    void newsOfOurOwnWorkThatOvertakesItsReleaseWaitsAWhile() {
        tills.tells(id, new Told.OwnWork());

        assertThat(desk.heard(id.key(), List.of(message("order.created", 0)))).isInstanceOf(Handling.Later.class);
        assertThat(desk.heard(id.key(), List.of(message("order.created", 3)))).isInstanceOf(Handling.Done.class);
        assertThat(sales.booked()).isEmpty();
    }

    @Test
    void aReadThatFailsIsForTheInboxToRepeat() {
        SystemFailure away = SystemFailure.withoutEffect(FailureCode.SYSTEM_UNREACHABLE, "away", null);
        tills.fails(away);
        assertThatThrownBy(() -> hear("payment.created")).isSameAs(away);

        tills.fails(SystemFailure.rateLimited("slowly", Duration.ofSeconds(7)));
        assertThat(hear("payment.created")).isEqualTo(new Handling.Later(Duration.ofSeconds(7), "RATE_LIMITED"));

        tills.works();
        tills.tells(SampleTillSales.mugs("S1", VERSION, 2));
        hear("payment.created");
        assertThat(sales.booked()).hasSize(1);
        assertThat(cases.ofSubject(id.value())).isEmpty();
    }

    @Test
    void noMoreAreReadAtATimeThanMayBe() {
        AtomicReference<Handling> other = new AtomicReference<>();
        tills.tells(SampleTillSales.mugs("S1", VERSION, 2));
        tills.meanwhile(
                () -> other.set(desk.heard(SampleTillSales.id("S2").key(), List.of(message("payment.created", 0)))));

        hear("payment.created");

        assertThat(other.get()).isInstanceOf(Handling.Later.class);
        assertThat(tills.reads()).isEqualTo(1);
    }

    @Test
    void whatCanNotBeBookedIsACaseAndBookedOnceItWasMended() {
        tills.tells(SampleTillSales.mugs("S1", VERSION, WRAPPING, 1));
        assertThat(hear("payment.created")).isInstanceOf(Handling.Done.class);
        Case open = onlyCase();
        assertThat(open.code()).isEqualTo(FailureCode.SALE_NOT_BOOKED);
        assertThat(open.detail()).contains("Gift wrapping");

        assertThat(decide(open, Action.RETRY).status())
                .as("nothing has changed")
                .isEqualTo(CaseStatus.OPEN);

        catalog.add(WRAPPING);
        assertThat(decide(open, Action.RETRY).status()).isEqualTo(CaseStatus.CLOSED);
        assertThat(sales.booked()).extracting(StoreSale::id).containsExactly("S1");
    }

    @Test
    void aSaleOfAProductThatComesLaterIsBookedByItself() {
        tills.tells(SampleTillSales.mugs("S1", VERSION, WRAPPING, 1));
        hear("payment.created");
        assertThat(awaited.of(id.key())).containsExactly(WRAPPING);

        catalog.add(WRAPPING);
        clock.advance(Duration.ofSeconds(1));
        assertThat(hear(InboxHandler.BEGIN)).isInstanceOf(Handling.Done.class);

        assertThat(sales.booked()).extracting(StoreSale::id).containsExactly("S1");
        assertThat(onlyCase().status()).isEqualTo(CaseStatus.CLOSED);
        assertThat(cases.outcome(onlyCase().id())).contains("the sale is booked");
    }

    @Test
    void whatAPersonHasLeftOutWaitsForNoProduct() {
        tills.tells(SampleTillSales.mugs("S1", VERSION, WRAPPING, 1));
        hear("payment.created");

        decide(onlyCase(), Action.ACCEPT_DIFFERENCE);

        assertThat(awaited.of(id.key())).isEmpty();
    }

    @Test
    void whatIsLeftOutStaysSoUntilTheTillSaysSomethingElse() {
        tills.tells(SampleTillSales.mugs("S1", VERSION, WRAPPING, 1));
        hear("payment.created");
        decide(onlyCase(), Action.ACCEPT_DIFFERENCE);

        clock.advance(Duration.ofSeconds(1));
        hear("payment.updated");
        assertThat(cases.ofSubject(id.value())).hasSize(1);
        assertThat(sales.booked()).isEmpty();

        tills.tells(SampleTillSales.mugs("S1", VERSION.plusSeconds(60), 1));
        clock.advance(Duration.ofSeconds(1));
        hear("order.updated");
        assertThat(sales.booked()).hasSize(1);
    }

    @Test
    void aMendedSaleClosesItsCaseByItself() {
        tills.tells(SampleTillSales.nowhere(SampleTillSales.mugs("S1", VERSION, 1)));
        hear("payment.created");

        tills.tells(SampleTillSales.mugs("S1", VERSION.plusSeconds(60), 1));
        clock.advance(Duration.ofSeconds(1));
        hear("order.updated");

        assertThat(onlyCase().status()).isEqualTo(CaseStatus.CLOSED);
    }

    @Test
    void aSaleThatCanNotBeSaidInOurTermsIsACase() {
        tills.tells(id, new Told.Unreadable(VERSION, "half a unit"));

        hear("payment.created");

        assertThat(onlyCase().detail()).contains("half a unit");
    }

    private Handling hear(String... topics) {
        return desk.heard(
                id.key(),
                List.of(topics).stream().map(topic -> message(topic, 0)).toList());
    }

    private InboxMessage message(String topic, int attempts) {
        return new InboxMessage(
                1, id.account(), topic, "E-" + topic, "work/" + id.key(), "{}", clock.instant(), attempts);
    }

    private Case onlyCase() {
        return cases.ofSubject(id.value()).getFirst();
    }

    private Case decide(Case open, Action action) {
        cases.decide(open.id(), action);
        assertThat(desk.resolve(cases.find(open.id()).orElseThrow())).isTrue();
        return cases.find(open.id()).orElseThrow();
    }
}
