package io.throughline.activities.returns;

import static io.throughline.activities.returns.TestingReturnRuns.EFFECTS;
import static io.throughline.activities.returns.TestingReturnRuns.assertEnded;
import static io.throughline.activities.returns.TestingReturnRuns.labelled;
import static io.throughline.activities.returns.TestingReturnRuns.parcel;
import static io.throughline.activities.returns.TestingReturnRuns.scanned;
import static io.throughline.domain.account.SampleAccounts.CARRIER;
import static io.throughline.domain.account.SampleAccounts.EXPRESS;
import static io.throughline.domain.returns.ReturnPolicyBuilder.NEW;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.activities.call.Checkpoints;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.ParcelStatus;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.GoodsStatus;
import io.throughline.domain.returns.MoneyStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The label with which goods come back by mail: bought once, scanned, given back where nothing came with it; and what follows where none is sold. */
class LabelledReturnTest {
    private static final String USUAL = "label";
    private static final List<String> WITH_LABEL =
            Stream.concat(EFFECTS.stream(), Stream.of(USUAL)).sorted().toList();

    @Test
    void aLabelIsBoughtOnceThoughItsReplyIsLostAndItsFeeIsKept() {
        try (ReturnRun run = labelled(true, false, CARRIER)) {
            run.retail.vendor.losesReply(USUAL);
            run.start();
            awaitTold(run);
            assertThat(parcel(run, 1).status()).isEqualTo(ParcelStatus.LABELLED);
            assertThat(parcel(run, 1).label()).isPresent();

            scanned(run, ParcelStatus.IN_TRANSIT);
            run.await("the scan to be shown", () -> run.waitingFor().contains("IN_TRANSIT to WH-EAST"));
            scanned(run, ParcelStatus.DELIVERED);
            run.await("the delivery to be shown", () -> run.waitingFor().contains("**Goods:** DELIVERED"));
            run.receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);

            assertEnded(run, WITH_LABEL);
            assertWorth(run, "17.47 USD");
            assertThat(run.historyLength()).isLessThanOrEqualTo(100);
        }
    }

    /** In its plain form, with a label. */
    @Test
    void aReturnCostsNoMoreThanSeventyEvents() {
        try (ReturnRun run = labelled(true, false, CARRIER)) {
            run.start();
            awaitTold(run);
            run.receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);

            assertEnded(run, WITH_LABEL);
            assertThat(run.historyLength()).isLessThanOrEqualTo(70);
        }
    }

    @Test
    void aRunThatWasBegunBeforeLabelsTellsOfItsLabel() {
        try (ReturnRun run = labelled(true, false, CARRIER)) {
            run.startKnowingNoLabels();
            awaitTold(run);

            assertThat(run.retail.vendor.effects().getFirst()).startsWith(USUAL);
            run.receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            assertEnded(run, WITH_LABEL);
        }
    }

    @Test
    void anotherRunBuysNoOtherLabel() {
        try (ReturnRun run = labelled(true, false, CARRIER)) {
            run.start();
            awaitTold(run);
            run.startAgain().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);

            assertEnded(run, WITH_LABEL);
        }
    }

    @Test
    void whatACarrierHasScannedIsNotAskedAfterAsIfItHadNeverBeenSent() {
        try (ReturnRun run = labelled(true, false, CARRIER)) {
            run.start();
            awaitTold(run);
            scanned(run, ParcelStatus.IN_TRANSIT).passes(Duration.ofDays(2));
            assertThat(run.retail.cases.all()).isEmpty();

            run.passes(Duration.ofDays(20));
            assertThat(openCase(run).detail()).contains("has been IN_TRANSIT since");

            scanned(run, ParcelStatus.DELIVERED);
            run.await(
                    "the question to answer itself",
                    () -> run.retail.cases.open().isEmpty());
            assertThat(run.returned().goods()).isEqualTo(GoodsStatus.DELIVERED);
            assertThat(run.returned().lines().getFirst().missing()).isZero();

            run.passes(Duration.ofDays(4));
            assertThat(openCase(run).detail()).contains("was delivered to WH-EAST", "nobody has received");
            run.receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);

            assertEnded(run, WITH_LABEL);
        }
    }

    @Test
    void whatItsCarrierHasLostIsAskedAfterAtOnce() {
        try (ReturnRun run = labelled(true, false, CARRIER)) {
            run.start();
            awaitTold(run);
            scanned(run, ParcelStatus.IN_TRANSIT);
            scanned(run, ParcelStatus.LOST);
            run.decides(FailureCode.RETURN_OVERDUE, Action.ACCEPT_DIFFERENCE);

            assertEnded(run, List.of(USUAL, "tell"));
            assertThat(run.retail.cases.all())
                    .singleElement()
                    .satisfies(one -> assertThat(one.detail()).contains("is LOST"));
        }
    }

    @Test
    void whatOneCarrierRefusesAnotherSells() {
        try (ReturnRun run = labelled(true, false, CARRIER, EXPRESS)) {
            run.retail.vendor.refuses(USUAL, FailureCode.CARRIER_REFUSED, "ADDRESS_NOT_SERVED");
            run.start();
            awaitTold(run);

            assertThat(parcel(run, 1).boughtFrom()).contains(EXPRESS);
            assertThat(run.retail.returnParcels.refusals())
                    .singleElement()
                    .asString()
                    .contains("ADDRESS_NOT_SERVED");
            assertThat(run.retail.cases.all()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whereNobodySellsALabelTheCustomerSendsItAndPaysForNone(boolean byPolicy) {
        try (ReturnRun run = labelled(byPolicy, false, CARRIER)) {
            run.retail.vendor.refuses(USUAL, FailureCode.CARRIER_REFUSED, "ADDRESS_NOT_SERVED");
            run.start();
            if (!byPolicy) {
                run.decides(FailureCode.RETURN_LABEL_REFUSED, Action.ACCEPT_DIFFERENCE);
            }
            awaitTold(run);
            assertThat(parcel(run, 1).status()).isEqualTo(ParcelStatus.UNLABELLED);
            run.receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);

            assertEnded(run, EFFECTS);
            assertWorth(run, "24.42 USD");
        }
    }

    @Test
    void aCarrierThatStaysSilentIsPassedOverAndLookedAfter() {
        try (ReturnRun run = labelled(true, false, CARRIER)) {
            run.retail.vendor.losesReplyAndGoesDown(USUAL);
            run.start().passes(Duration.ofHours(5));
            awaitTold(run);

            assertThat(parcel(run, 1).status()).isEqualTo(ParcelStatus.UNLABELLED);
            assertThat(run.retail.cases.open()).extracting(Case::code).containsExactly(FailureCode.LABEL_NOT_VOIDED);
        }
    }

    @Test
    void goodsThatComeWithoutTheLabelAnswerTheQuestion() {
        try (ReturnRun run = labelled(false, false, CARRIER)) {
            run.retail.vendor.refuses(USUAL, FailureCode.CARRIER_REFUSED, "ADDRESS_NOT_SERVED");
            run.start();
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            run.receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);

            assertEnded(run, List.of("invoice", "payment", "repay", "tell"));
            assertWorth(run, "24.42 USD");
        }
    }

    @Test
    void moneyThatIsGivenFirstKnowsWhatIsKeptForTheLabel() {
        try (ReturnRun run = labelled(true, true, CARRIER)) {
            run.retail.vendor.refuses(USUAL, FailureCode.CARRIER_REFUSED, "ADDRESS_NOT_SERVED");
            run.start();
            run.await("the money", () -> run.returned().money() == MoneyStatus.ENDED);

            assertWorth(run, "24.42 USD");
        }
    }

    @Test
    void theLabelOfAReturnThatIsRefusedIsGivenBack() {
        try (ReturnRun run = labelled(true, false, CARRIER)) {
            run.start();
            awaitTold(run);
            run.retail.vendor.losesReply("void");
            run.retail.returns.refuse(run.id);
            run.wake("return");

            assertEnded(run, "goods REFUSED, money ENDED", List.of(USUAL, "tell", "tell", "void"));
            assertThat(parcel(run, 1).status()).isEqualTo(ParcelStatus.VOIDED);
        }
    }

    /** The process dies when it is sold, and before that is written down with its parcel. */
    @Test
    void aLabelThatIsSoldWhileItsReturnIsRefusedIsGivenBack() {
        AtomicReference<@Nullable ReturnRun> dying = new AtomicReference<>();
        Checkpoints checkpoints = (point, system, operation) -> {
            ReturnRun run = dying.get();
            if (run != null && point == Checkpoints.Point.AFTER_COMMIT && operation.equals(USUAL)) {
                dying.set(null);
                run.retail.returns.refuse(run.id);
                throw new Died();
            }
        };
        try (ReturnRun run = labelled(true, false, checkpoints, CARRIER)) {
            dying.set(run);
            run.start();

            assertEnded(run, "goods REFUSED, money ENDED", List.of(USUAL, "tell", "void"));
            assertThat(parcel(run, 1).status()).isEqualTo(ParcelStatus.UNLABELLED);
        }
    }

    /** It would be asked for the same again, and the one that has answered late, too. */
    @Test
    void whatWasSoldInPlaceOfASilentCarrierStaysSoThoughTheProcessDies() {
        AtomicReference<@Nullable ReturnRun> dying = new AtomicReference<>();
        Checkpoints checkpoints = (point, system, operation) -> {
            ReturnRun run = dying.get();
            if (run != null
                    && point == Checkpoints.Point.AFTER_COMMIT
                    && run.retail.vendor.effects().stream().anyMatch(effect -> effect.startsWith("label by "))) {
                dying.set(null);
                run.retail.vendor.comesBack();
                throw new Died();
            }
        };
        try (ReturnRun run = labelled(true, false, checkpoints, CARRIER, EXPRESS)) {
            dying.set(run);
            run.retail.vendor.goesDown(USUAL);
            run.start().passes(Duration.ofHours(5));
            awaitTold(run);

            assertThat(dying).hasValue(null);
            assertThat(parcel(run, 1).boughtFrom()).contains(EXPRESS);
            assertThat(run.retail.vendor.effects()).noneMatch(effect -> effect.startsWith(USUAL + " O-"));
        }
    }

    @Test
    void aLabelThatItsCarrierKeepsHoldsNothingUp() {
        try (ReturnRun run = labelled(true, false, CARRIER)) {
            run.retail.vendor.refuses("void", FailureCode.LABEL_NOT_VOIDED, "ON_ITS_WAY");
            run.start();
            awaitTold(run);
            run.passes(Duration.ofDays(2));
            run.decides(FailureCode.RETURN_OVERDUE, Action.ACCEPT_DIFFERENCE);

            assertThat(run.result()).isEqualTo("goods INSPECTED, money ENDED");
            assertThat(parcel(run, 1).kept()).isTrue();
            assertThat(openCase(run).code()).isEqualTo(FailureCode.LABEL_NOT_VOIDED);
        }
    }

    private static void awaitTold(ReturnRun run) {
        run.await(
                "the customer to be told",
                () -> run.retail.vendor.effects().stream().anyMatch(effect -> effect.startsWith("tell ")));
    }

    private static Case openCase(ReturnRun run) {
        run.await("a case", () -> run.retail.cases.open().size() == 1);
        return run.retail.cases.open().getFirst();
    }

    private static void assertWorth(ReturnRun run, String amount) {
        assertThat(run.returned().repayment().orElseThrow().refund().total().shop())
                .hasToString(amount);
    }

    /** As if the process had been killed. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }
}
