package io.throughline.domain.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.Trouble;
import io.throughline.domain.fulfillment.FacilitySystem.Work;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every facility system keeps, whoever its facilities are; each connector that has one runs this against its own. */
public abstract class FacilitySystemContract {
    protected abstract FacilitySystemUnderTest underTest();

    @AfterEach
    void noMoreTrouble() {
        underTest().noMoreTrouble();
    }

    @Test
    void workIsReleasedOnceHoweverOftenItIsAskedFor() {
        Work work = underTest().planned();

        Receipt receipt = done(system().release(work, key(work)));

        assertThat(done(system().release(work, key(work)))).isEqualTo(receipt);
        assertThat(done(system().release(work, otherKey(work)))).isEqualTo(receipt);
        assertThat(system().findRelease(work)).contains(receipt);
        assertThat(underTest().timesGiven(work)).isEqualTo(1);
    }

    @Test
    void workThatNobodyWasGivenIsNotUnderWay() {
        Work work = underTest().planned();
        released();

        assertThat(system().findRelease(work)).isEmpty();
        assertThat(status(work).orElse(FulfillmentStatus.ALLOCATED)).isEqualTo(FulfillmentStatus.ALLOCATED);
        assertThat(underTest().timesGiven(work)).isZero();
    }

    @Test
    void theWorkIsFollowedUntilItIsShipped() {
        Work work = released();
        assertThat(status(work)).contains(FulfillmentStatus.RELEASED);

        underTest().acknowledges(work);
        assertThat(status(work)).contains(FulfillmentStatus.ACKNOWLEDGED);

        underTest().ships(work);
        WorkProgress progress = system().read(work);
        assertThat(progress.status()).contains(FulfillmentStatus.SHIPPED);
        assertThat(progress.tracking()).hasValueSatisfying(tracking -> {
            assertThat(tracking.carrier()).isNotBlank();
            assertThat(tracking.number()).isNotBlank();
        });
    }

    @Test
    void aRejectionComesWithItsReasonAndTheWorkIsFree() {
        Work work = released();

        underTest().rejects(work);

        WorkProgress progress = system().read(work);
        assertThat(progress.status()).contains(FulfillmentStatus.REJECTED);
        assertThat(progress.reason())
                .hasValueSatisfying(reason -> assertThat(reason).isNotBlank());
        assertThat(system().findRelease(work)).contains(receipt(work));
        assertThat(done(system().recall(work, key(work)))).isEqualTo(receipt(work));
    }

    @Test
    void whatIsTakenBackIsWithNobodyAndIsTakenBackOnce() {
        Work work = released();
        assertThat(system().findRecall(work)).isEmpty();

        assertThat(done(system().recall(work, key(work)))).isEqualTo(receipt(work));

        assertThat(done(system().recall(work, key(work)))).isEqualTo(receipt(work));
        assertThat(done(system().recall(work, otherKey(work)))).isEqualTo(receipt(work));
        assertThat(system().findRecall(work)).contains(receipt(work));
        assertThat(status(work).orElseThrow()).isIn(FulfillmentStatus.CANCELLED, FulfillmentStatus.REJECTED);
    }

    @Test
    void whatHasLeftIsNotTakenBack() {
        Work work = released();
        underTest().acknowledges(work);
        underTest().ships(work);

        assertRefused(system().recall(work, key(work)));

        assertThat(system().findRecall(work)).isEmpty();
        assertThat(status(work)).contains(FulfillmentStatus.SHIPPED);
    }

    @Test
    void workThatTheSystemDoesNotKnowIsNoNewsAndNotTakenBack() {
        Work work = underTest().unknown();

        assertThat(status(work)).isEmpty();
        assertThat(system().findRelease(work)).isEmpty();
        assertThat(system().findRecall(work)).isEmpty();
        assertRefused(system().recall(work, key(work)));
    }

    @ParameterizedTest
    @EnumSource
    void aReleaseThatGoesWrongIsFoundIfItWasMadeAndIsMadeOnce(Trouble trouble) {
        Work work = underTest().planned();
        underTest().meetsAtRelease(trouble);

        trouble.assertChangeFails(() -> system().release(work, key(work)));

        underTest().noMoreTrouble();
        assertThat(system().findRelease(work).isPresent()).isEqualTo(trouble.takesEffect());
        Receipt receipt = done(system().release(work, key(work)));
        assertThat(system().findRelease(work)).contains(receipt);
        assertThat(underTest().timesGiven(work)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aRecallThatGoesWrongIsFoundIfItWasMade(Trouble trouble) {
        Work work = released();
        underTest().meetsAtRecall(trouble);

        trouble.assertChangeFails(() -> system().recall(work, key(work)));

        underTest().noMoreTrouble();
        assertThat(system().findRecall(work).isPresent()).isEqualTo(trouble.takesEffect());
        assertThat(done(system().recall(work, key(work)))).isEqualTo(receipt(work));
        assertThat(system().findRecall(work)).contains(receipt(work));
    }

    @ParameterizedTest
    @EnumSource
    void aReadingThatGoesWrongSaysHowAndWorksAgain(Trouble trouble) {
        Work work = released();
        underTest().meetsNext(trouble);

        trouble.assertReadingFails(() -> system().read(work));

        underTest().noMoreTrouble();
        assertThat(status(work)).contains(FulfillmentStatus.RELEASED);
    }

    @Test
    void aSystemThatCanNotBeReachedHasDoneNothing() {
        Work work = underTest().planned();
        FacilitySystem unreachable = underTest().unreachable();

        Trouble.assertUnreached(() -> unreachable.release(work, key(work)));
        Trouble.assertUnreached(() -> unreachable.recall(work, key(work)));
        Trouble.assertUnreached(() -> unreachable.findRelease(work));
        Trouble.assertUnreached(() -> unreachable.findRecall(work));
        Trouble.assertUnreached(() -> unreachable.read(work));
    }

    /** Work that a facility was given, under the system's own name of it. */
    private Work released() {
        Work planned = underTest().planned();
        Receipt receipt = done(system().release(planned, key(planned)));
        return FacilitySystemUnderTest.knownAs(planned, receipt.reference());
    }

    private static Receipt receipt(Work released) {
        return Receipt.of(released.workReference().orElseThrow());
    }

    private Optional<FulfillmentStatus> status(Work work) {
        return system().read(work).status();
    }

    private FacilitySystem system() {
        return underTest().system();
    }

    private static String key(Work work) {
        return "key-of-" + work.id();
    }

    /** What the same wish comes with after its first key was lost. */
    private static String otherKey(Work work) {
        return "other-" + key(work);
    }

    private static Receipt done(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Done.class);
        return ((Reply.Done) reply).receipt();
    }

    private static void assertRefused(Reply reply) {
        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(FailureCode.FACILITY_REFUSED));
    }
}
