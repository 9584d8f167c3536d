package io.throughline.workflows.returns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReturnLifeTest {
    @Test
    void goodsAndMoneyMeet() {
        try (ReturnScenario returned = new ReturnScenario()) {
            assertThat(returned.refundedAfterADecision()).isEqualTo("goods INSPECTED, money ENDED");
            assertThat(returned.posting()).isEqualTo("CONFIRMED");
            assertThat(returned.facts.calls())
                    .containsSubsequence(
                            "calculate", "approve", "compare", "compare", "refund", "confirm", "post", "close")
                    .contains("tellAuthorised", "book", "tellRefunded")
                    .endsWith("close");
            assertThat(returned.history().getEvents()).hasSizeLessThanOrEqualTo(70);
        }
    }

    @Test
    void itsBooksAreShownAsBlockedWhileACaseHoldsThemUp() {
        try (ReturnScenario returned = new ReturnScenario()) {
            assertThat(returned.shownWhileItsCreditIsRefused()).isEqualTo("BLOCKED, then CONFIRMED");
        }
    }

    @Test
    void whatItsDetailsShowDecidesItsCase() {
        try (ReturnScenario returned = new ReturnScenario()) {
            assertThat(returned.refundedAfterAPastedDecision()).isEqualTo("goods INSPECTED, money ENDED");
            assertThat(returned.facts.calls()).contains("decide C-1001 ACCEPT_DIFFERENCE");
        }
    }

    @Test
    void whatIsNeverSentEndsByADecision() {
        try (ReturnScenario returned = new ReturnScenario()) {
            assertThat(returned.neverSent()).isEqualTo("goods INSPECTED, money ENDED");
            assertThat(returned.facts.calls()).doesNotContain("refund", "book");
        }
    }

    @Test
    void whatIsLostIsPaidAndNeverStocked() {
        try (ReturnScenario returned = new ReturnScenario()) {
            assertThat(returned.lostOnItsWay()).isEqualTo("goods NOT_TO_COME, money ENDED");
            assertThat(returned.facts.calls()).contains("refund", "post").doesNotContain("book", "reviewOverdue");
        }
    }

    @Test
    void theLabelComesBeforeTheWordAndScansGiveTime() {
        try (ReturnScenario returned = ReturnScenario.labelled()) {
            assertThat(returned.carried()).isEqualTo("goods INSPECTED, money ENDED");
            assertThat(returned.facts.calls())
                    .containsSubsequence("label", "tellAuthorised", "book")
                    .containsOnlyOnce("label", "refund")
                    .doesNotContain("reviewOverdue", "voidLabel");
            assertThat(returned.history().getEvents()).hasSizeLessThanOrEqualTo(90);
        }
    }

    @Test
    void aLabelThatIsBoughtTooLateIsGivenBackBeforeTheEnd() {
        try (ReturnScenario returned = ReturnScenario.labelledTooLate()) {
            assertThat(returned.ended()).isEqualTo("goods REFUSED, money ENDED");
            assertThat(returned.facts.calls()).containsSubsequence("label", "voidLabel", "close");
        }
    }

    @Test
    void moneyThatWaitsForALabelGoesOnInARunThatKnewOfNone() {
        try (ReturnScenario returned = ReturnScenario.begunBeforeLabels()) {
            assertThat(returned.refundedBeforeItsGoods()).isEqualTo("goods INSPECTED, money ENDED");
            assertThat(returned.facts.calls()).containsOnlyOnce("label", "refund");
        }
    }

    @Test
    void whatIsNotTakenIsSentBackAndToldBeforeTheEnd() {
        try (ReturnScenario returned = ReturnScenario.labelled()) {
            assertThat(returned.labelledAndSentBack()).isEqualTo("goods INSPECTED, money ENDED");
            assertThat(returned.facts.calls()).containsSubsequence("book", "sendBack", "tellSentBack", "close");
        }
    }

    @Test
    void whatASecondPersonDoesNotPayForGoesBackAndIsToldOf() {
        try (ReturnScenario returned = new ReturnScenario()) {
            assertThat(returned.refusedByASecondPerson()).isEqualTo("goods INSPECTED, money ENDED");
            assertThat(returned.facts.calls())
                    .containsSubsequence("book", "approve", "sendBack", "tellSentBack", "tellRefused", "close")
                    .doesNotContain("refund", "tellRefunded");
        }
    }

    @Test
    void whatIsRefusedEndsAtOnce() {
        try (ReturnScenario returned = new ReturnScenario()) {
            assertThat(returned.refused()).isEqualTo("goods REFUSED, money ENDED");
            assertThat(returned.facts.calls()).doesNotContain("calculate");
        }
    }

    @Test
    void whatTheShopHasPutOnAShelfIsReadOnceAndNotWaitedFor() {
        try (ReturnScenario returned = new ReturnScenario()) {
            assertThat(returned.putBackAtTheChannel()).isEqualTo("goods INSPECTED, money ENDED");
            assertThat(returned.facts.calls())
                    .containsSubsequence("readShelves", "book")
                    .containsOnlyOnce("readShelves")
                    .doesNotContain("reviewOverdue");
        }
    }

    @Test
    void whatIsTakenInExchangeIsDoneBeforeTheRestIsGivenBack() {
        try (ReturnScenario returned = new ReturnScenario()) {
            assertThat(returned.exchanged()).isEqualTo("goods INSPECTED, money ENDED");
            assertThat(returned.facts.calls())
                    .containsSubsequence("approve", "exchange", "tellToPay", "exchange", "compare", "refund", "post")
                    .containsOnlyOnce("tellToPay", "refund");
            assertThat(returned.history().getEvents()).hasSizeLessThanOrEqualTo(90);
        }
    }

    @Test
    void whatNobodyPaysForIsGivenUpAndTheMoneyGoesBack() {
        try (ReturnScenario returned = new ReturnScenario()) {
            assertThat(returned.exchangedForNothing()).isEqualTo("goods INSPECTED, money ENDED");
            assertThat(returned.facts.calls())
                    .containsSubsequence("exchange", "exchange", "refund")
                    .containsOnlyOnce("refund");
        }
    }
}
