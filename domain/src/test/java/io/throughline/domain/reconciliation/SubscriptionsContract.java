package io.throughline.domain.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.failure.Trouble;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every channel's subscriptions keep; each connector that has some runs this against its own. */
public abstract class SubscriptionsContract {
    protected abstract SubscriptionsUnderTest underTest();

    @AfterEach
    void noMoreTrouble() {
        underTest().noMoreTrouble();
    }

    @Test
    void whatWasDroppedIsMadeAnewAndTold() {
        ensure();
        Set<String> before = underTest().heard();

        List<String> dropped = underTest().drop();

        assertThat(dropped).isNotEmpty();
        assertThat(underTest().heard()).doesNotContainAnyElementsOf(dropped);
        assertThat(ensure()).containsExactlyInAnyOrderElementsOf(dropped);
        assertThat(underTest().heard()).isEqualTo(before);
    }

    @Test
    void whatIsThereStaysAsItIs() {
        ensure();
        Set<String> before = underTest().heard();

        assertThat(ensure()).isEmpty();

        assertThat(underTest().heard()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void lookingThatGoesWrongSaysHowAndWorksAgain(Trouble trouble) {
        List<String> dropped = underTest().drop();
        underTest().meetsNext(trouble);

        trouble.assertReadingFails(this::ensure);

        underTest().noMoreTrouble();
        assertThat(ensure()).containsExactlyInAnyOrderElementsOf(dropped);
    }

    @Test
    void aChannelThatCanNotBeReachedIsSaidSo() {
        Trouble.assertUnreached(
                () -> underTest().unreachable().ensure(underTest().account()));
    }

    private List<String> ensure() {
        return underTest().subscriptions().ensure(underTest().account());
    }
}
