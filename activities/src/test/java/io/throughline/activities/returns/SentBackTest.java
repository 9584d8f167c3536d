package io.throughline.activities.returns;

import static io.throughline.activities.returns.TestingReturnRuns.assertEnded;
import static io.throughline.activities.returns.TestingReturnRuns.parcel;
import static io.throughline.domain.returns.ReturnPolicyBuilder.NEW;
import static io.throughline.domain.returns.ReturnPolicyBuilder.UNSALEABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.customer.SamplePeople;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.ParcelStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.returns.CustomerStatus;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.Finding;
import io.throughline.domain.returns.SendBackReason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Goods that are not taken go back to their customer: nothing is paid for them, nothing is stocked, and the customer is told why. */
class SentBackTest {
    @Test
    void whatIsNotTakenGoesBackOnceAndIsNeitherPaidNorStocked() {
        try (ReturnRun run = byMail(1)) {
            run.retail.vendor.losesReply("label");
            run.start().receives("L1", 1).finds(sentBack(1));

            assertEnded(run, List.of("label", "tell", "tell"));
            assertThat(run.retail.vendor.effects()).anyMatch(effect -> effect.contains("RETURN_SENT_BACK"));
            assertThat(run.retail.inventory.onHand(SampleFacilities.WH_EAST, SampleOrders.TEE))
                    .isZero();
            assertThat(run.retail.journals.of(run.id)).isEmpty();
            assertThat(run.returned().repayment()).isEmpty();
            assertThat(run.retail.returns.outcomes()).singleElement().asString().contains("goes back to the customer");
            assertThat(CustomerStatus.of(run.returned())).isEqualTo(CustomerStatus.SENT_BACK);
            assertThat(parcel(run, 1).status()).isEqualTo(ParcelStatus.LABELLED);
            assertThat(parcel(run, 1).told()).isTrue();
        }
    }

    @Test
    void onlyWhatIsTakenIsPaidAndStocked() {
        try (ReturnRun run = byMail(2)) {
            run.start().receives("L1", 2).finds(new Finding.Units("L1", 1, NEW, Disposition.RESTOCK), sentBack(1));

            assertEnded(run, List.of("invoice", "label", "payment", "repay", "tell", "tell", "tell"));
            assertThat(run.returned().repayment().orElseThrow().refund().total().shop())
                    .hasToString("24.42 USD");
            assertThat(run.retail.erp.invoice(run.id + "/credit-note").total()).hasToString("-24.42 USD");
            assertThat(run.retail.inventory.onHand(SampleFacilities.WH_EAST, SampleOrders.TEE))
                    .isEqualTo(1);
        }
    }

    @Test
    void whatNoCarrierTakesIsAQuestionThatHoldsNoMoneyUp() {
        try (ReturnRun run = byMail(2)) {
            run.retail.vendor.refuses("label", FailureCode.CARRIER_REFUSED, "ADDRESS_NOT_SERVED");
            run.start().receives("L1", 1).finds(sentBack(1));
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            run.receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            run.await(
                    "the refund",
                    () -> run.retail.vendor.effects().stream().anyMatch(effect -> effect.startsWith("repay")));
            assertThat(run.running()).isTrue();
            run.await("the stock", () -> run.retail.inventory.onHand(SampleFacilities.WH_EAST, SampleOrders.TEE) == 1);
            run.decides(FailureCode.RETURN_LABEL_REFUSED, Action.RETRY);

            assertEnded(run, List.of("invoice", "label", "payment", "repay", "tell", "tell", "tell"));
        }
    }

    @Test
    void whereNoCarrierIsKnownThePlaceLabelsItByItself() {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.start().receives("L1", 1).finds(sentBack(1));

            assertEnded(run, List.of("tell", "tell"));
            assertThat(parcel(run, 1).status()).isEqualTo(ParcelStatus.UNLABELLED);
        }
    }

    @Test
    void anotherRunSendsNothingBackTwice() {
        try (ReturnRun run = byMail(2)) {
            run.start().receives("L1", 1).finds(sentBack(1));
            run.await(
                    "the label",
                    () -> run.returned().parcels().stream()
                            .anyMatch(parcel -> parcel.status() == ParcelStatus.LABELLED && parcel.told()));
            run.startAgain().receives("L1", 1).finds(sentBack(1));

            assertEnded(run, List.of("label", "label", "tell", "tell", "tell"));
        }
    }

    /** By a carrier that sells the labels of the warehouse. */
    private static ReturnRun byMail(int units) {
        ReturnRun run = ReturnRun.byMail(units);
        run.retail.facilities.labelledBy(SampleFacilities.WH_EAST, SampleAccounts.CARRIER);
        run.retail.people.put(run.order.customer(), SamplePeople.ADA);
        run.retail.shop.isFor(SamplePeople.ADA);
        return run;
    }

    private static Finding.Units sentBack(int units) {
        return new Finding.Units("L1", units, UNSALEABLE, Disposition.SEND_BACK, Optional.of(SendBackReason.USED));
    }
}
