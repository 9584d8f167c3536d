package io.throughline.domain.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.Trouble;
import io.throughline.domain.inventory.StockMirror.Answer;
import io.throughline.domain.inventory.StockMirror.Complaint;
import io.throughline.domain.inventory.StockMirror.Reason;
import io.throughline.domain.inventory.StockTelling.Line;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every system that shows our stock keeps; each connector that has one runs this against its own. */
public abstract class StockMirrorContract {
    private static final Sku MUG = Sku.of("NW-MUG-RED");
    private static final Sku CAP = Sku.of("NW-CAP-NVY");
    private static final AtomicLong NUMBERS = new AtomicLong();

    protected abstract StockMirrorUnderTest underTest();

    @AfterEach
    void noMoreTrouble() {
        underTest().noMoreTrouble();
    }

    @Test
    void whatItDoesNotHaveIsAbsent() {
        assertThat(read(MUG, Sku.of("NO-SUCH-SKU"))).containsOnlyKeys(MUG);
    }

    @Test
    void itShowsWhatItIsTold() {
        Answer answer =
                tell(set(MUG, shown(MUG).onHand() + 3), set(CAP, shown(CAP).onHand() - 1));

        assertThat(answer.allTold()).isTrue();
    }

    @Test
    void theSameCallAgainDoesNothingMore() {
        StockTelling telling = telling(set(MUG, shown(MUG).onHand() + 2));
        String key = "key-" + telling.number();
        int before = shown(MUG).onHand();

        assertThat(underTest().mirror().tell(telling, key)).isEqualTo(Answer.told());
        assertThat(underTest().mirror().tell(telling, key)).isEqualTo(Answer.told());

        assertThat(shown(MUG).onHand()).isEqualTo(before + 2);
    }

    @Test
    void whatHasChangedMeanwhileIsNotOverwritten() {
        Line stale = set(MUG, shown(MUG).onHand() + 5);
        underTest().sellAMug();
        int before = shown(MUG).onHand();

        Answer answer = tell(stale);

        assertThat(answer.complaints()).extracting(Complaint::reason).containsExactly(Reason.STALE);
        assertThat(answer.complaints()).extracting(Complaint::line).containsExactly(0);
        assertThat(shown(MUG).onHand()).isEqualTo(before);
    }

    @Test
    void anItemThatItDoesNotKnowIsRefused() {
        Line wrong = new Line(
                new StockSubject(underTest().facility(), MUG),
                unknown(shown(MUG).item()),
                ShownState.ON_HAND,
                0,
                3,
                1,
                3,
                0,
                1);

        Answer answer = tell(wrong);

        assertThat(answer.complaints())
                .containsExactly(new Complaint(
                        0, Reason.REFUSED, answer.complaints().getFirst().words()));
    }

    @Test
    void whatIsKeptBackIsNotOnOfferAndStaysOnHand() {
        assumeThat(underTest().mirror().states()).contains(ShownState.RESERVED);
        ShownStock before = shown(MUG);

        tell(moved(ShownState.RESERVED, before.reserved(), before.reserved() + 2));
        tell(moved(ShownState.SAFETY_STOCK, before.safetyStock(), before.safetyStock() + 1));

        assertThat(shown(MUG))
                .isEqualTo(new ShownStock(
                        before.item(), before.onHand(), before.reserved() + 2, before.safetyStock() + 1));
        tell(moved(ShownState.RESERVED, before.reserved() + 2, before.reserved() + 1));
        assertThat(shown(MUG).reserved()).isEqualTo(before.reserved() + 1);
    }

    @ParameterizedTest
    @EnumSource
    void tellingThatGoesWrongSaysHowAndIsDoneOnceUnderItsKey(Trouble trouble) {
        int before = shown(CAP).onHand();
        StockTelling telling = telling(set(CAP, before + 1));
        String key = "key-" + telling.number();
        underTest().tellingMeets(trouble);

        trouble.assertChangeFails(() -> underTest().mirror().tell(telling, key));

        underTest().noMoreTrouble();
        assertThat(underTest().mirror().tell(telling, key)).isEqualTo(Answer.told());
        assertThat(shown(CAP).onHand()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @EnumSource
    void readingThatGoesWrongSaysHowAndWorksAgain(Trouble trouble) {
        shown(CAP);
        underTest().meetsNext(trouble);

        trouble.assertReadingFails(() -> read(CAP));

        underTest().noMoreTrouble();
        assertThat(read(CAP)).containsOnlyKeys(CAP);
    }

    @Test
    void aSystemThatCanNotBeReachedIsSaidSo() {
        StockTelling telling = telling(set(CAP, shown(CAP).onHand() + 1));

        Trouble.assertUnreached(() -> underTest()
                .unreachable()
                .read(underTest().account(), underTest().facility(), List.of(CAP)));
        Trouble.assertUnreached(() -> underTest().unreachable().tell(telling, "unheard"));
    }

    private Line set(Sku sku, int to) {
        ShownStock shown = shown(sku);
        return new Line(
                new StockSubject(underTest().facility(), sku),
                shown.item(),
                ShownState.ON_HAND,
                shown.onHand(),
                to,
                1,
                to,
                0,
                NUMBERS.incrementAndGet());
    }

    private Line moved(ShownState state, int from, int to) {
        return new Line(
                new StockSubject(underTest().facility(), MUG), shown(MUG).item(), state, from, to, 0, 0, 0, 0);
    }

    /** Another name of the same form. */
    private static String unknown(String item) {
        return item + "9";
    }

    private Answer tell(Line... lines) {
        StockTelling telling = telling(lines);
        Answer answer = underTest().mirror().tell(telling, "key-" + telling.number());
        if (answer.allTold()) {
            for (Line line : lines) {
                ShownStock shown = shown(line.place().sku());
                int units = switch (line.state()) {
                    case ON_HAND -> shown.onHand();
                    case RESERVED -> shown.reserved();
                    case SAFETY_STOCK -> shown.safetyStock();
                };
                assertThat(units).isEqualTo(line.to());
            }
        }
        return answer;
    }

    private StockTelling telling(Line... lines) {
        return new StockTelling(
                underTest().account(),
                NUMBERS.incrementAndGet(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                List.of(lines));
    }

    private ShownStock shown(Sku sku) {
        return Objects.requireNonNull(read(sku).get(sku));
    }

    private Map<Sku, ShownStock> read(Sku... skus) {
        return underTest().mirror().read(underTest().account(), underTest().facility(), List.of(skus));
    }
}
