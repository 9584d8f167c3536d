package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.failure.FailureCode;
import io.throughline.e2e.CaseJudge.Away;
import io.throughline.e2e.CaseJudge.Found;
import io.throughline.e2e.CaseJudge.Stalled;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CaseJudgeTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final String ORDER = "O-7K2M9Q4XTA";

    @Test
    void whatWasInTheQueueInTimeOnceAndIsGoneIsRight() {
        Found one = closed("C-1", NOON.plusSeconds(60), NOON.plusSeconds(300));

        assertThat(judge(List.of(one), stalledUntil(400))).isEmpty();
    }

    @Test
    void whatStalledMustBeInTheQueueWithinAMinute() {
        assertThat(judge(List.of(), stalledUntil(400)))
                .singleElement()
                .asString()
                .contains("was not in the queue");
        assertThat(judge(List.of(closed("C-1", NOON.plusSeconds(61), NOON.plusSeconds(300))), stalledUntil(400)))
                .hasSize(1);
    }

    @Test
    void whatGoesOnWithinAMinuteIsNoStall() {
        assertThat(judge(List.of(), stalledUntil(59))).isEmpty();
    }

    @Test
    void whatWentOnBeforeItStalledIsNotCounted() {
        List<Stalled> stalls = List.of(stalledUntil(-30), stalledUntil(0), stalledUntil(1), stalledUntil(400));

        assertThat(new CaseJudge(List.of(), stalls, List.of()).judged()).isEqualTo(2);
    }

    @Test
    void whileAProcessWasAwayNobodyCouldTell() {
        Away away = new Away(NOON.minusSeconds(10), NOON.plusSeconds(50));

        Found late = closed("C-1", NOON.plusSeconds(100), NOON.plusSeconds(300));

        assertThat(new CaseJudge(List.of(late), List.of(stalledUntil(400)), List.of(away)).judge())
                .isEmpty();
    }

    @Test
    void oneThatIsThereTwiceIsWrong() {
        Found first = closed("C-1", NOON, NOON.plusSeconds(300));

        Found beside = closed("C-2", NOON.plusSeconds(299), NOON.plusSeconds(400));
        Found later = closed("C-3", NOON.plusSeconds(300), NOON.plusSeconds(400));

        assertThat(judge(first, beside)).singleElement().asString().contains("C-1 and C-2");
        assertThat(judge(first, later)).isEmpty();
    }

    @Test
    void oneWhoseCauseHasGoneMustBeGone() {
        assertThat(judge(open(FailureCode.ERP_REJECTED, true)))
                .singleElement()
                .asString()
                .contains("whose cause has gone");
        assertThat(judge(open(FailureCode.ERP_REJECTED, false))).isEmpty();
        assertThat(judge(open(FailureCode.GOODS_OUTSTANDING, true))).isEmpty();
    }

    @Test
    void whatBeganToFailInAnOutageAndStalledIsCountedForItsSystem() {
        CaseJudge judge = new CaseJudge(List.of(), List.of(stalledUntil(60), stalledUntil(-1)), List.of());

        assertThat(judge.judged("TRYTON", NOON.minusSeconds(30), NOON)).isOne();
        assertThat(judge.judged("SHOPIFY", NOON.minusSeconds(30), NOON)).isZero();
        assertThat(judge.judged("TRYTON", NOON.minusSeconds(10), NOON))
                .as("it had failed before")
                .isZero();
    }

    @Test
    void whenAllSystemsAnswerNothingIsInTheQueueForWantOfAnAnswer() {
        CaseJudge judge = new CaseJudge(
                List.of(
                        open(FailureCode.SYSTEM_UNREACHABLE, false),
                        open(FailureCode.ERP_REJECTED, false),
                        closed("C-2", NOON, NOON.plusSeconds(1))),
                List.of(),
                List.of());

        assertThat(judge.unanswered()).singleElement().asString().contains("SYSTEM_UNREACHABLE", "all systems answer");
    }

    @Test
    void whatStalledOfAReturnIsToldByACaseOfThatReturn() {
        String first = ORDER + "-R1";
        Stalled refund = new Stalled("SHOPIFY", first, "refund", NOON.minusSeconds(120), NOON, NOON.plusSeconds(400));

        assertThat(judge(List.of(about(first)), refund)).isEmpty();
        assertThat(judge(List.of(about("return/northwind/" + first)), refund)).isEmpty();
        List<Found> others = List.of(about(ORDER), about(ORDER + "-F1"), about(ORDER + "-R2"), about(ORDER + "-R12"));
        assertThat(judge(others, refund))
                .singleElement()
                .asString()
                .contains("refund of " + first, "was not in the queue");
    }

    @Test
    void whatStalledOfAnOrderIsToldByACaseOfItselfOrOfItsWork() {
        assertThat(judge(List.of(about(ORDER + "-F1")), stalledUntil(400))).isEmpty();
        assertThat(judge(List.of(about(ORDER + "-R1"), about("O-7K2M9Q4XTB-F1")), stalledUntil(400)))
                .hasSize(1);
    }

    private static Found about(String subject) {
        return new Found(
                "C-1",
                subject,
                "some step",
                FailureCode.SYSTEM_ERROR,
                NOON.plusSeconds(30),
                Optional.of(NOON.plusSeconds(300)),
                false,
                true);
    }

    private static List<String> judge(Found... cases) {
        return new CaseJudge(List.of(cases), List.of(), List.of()).judge();
    }

    private static List<String> judge(List<Found> cases, Stalled stall) {
        return new CaseJudge(cases, List.of(stall), List.of()).judge();
    }

    private static Stalled stalledUntil(long seconds) {
        return new Stalled("TRYTON", ORDER, "invoice", NOON.minusSeconds(20), NOON, NOON.plusSeconds(seconds));
    }

    private static Found closed(String id, Instant opened, Instant closed) {
        return new Found(
                id, ORDER, "erp.invoice order", FailureCode.SYSTEM_ERROR, opened, Optional.of(closed), false, true);
    }

    private static Found open(FailureCode code, boolean ofEnded) {
        return new Found("C-1", ORDER, "erp.invoice order", code, NOON, Optional.empty(), false, ofEnded);
    }
}
