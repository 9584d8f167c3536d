package io.throughline.domain.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.failure.Trouble;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an order source keeps beyond {@link OrderSourceContract} when it has to ask an outside system. */
public abstract class OutsideOrderSourceContract extends OrderSourceContract {
    @Override
    protected abstract OutsideOrderSourceUnderTest underTest();

    @AfterEach
    void noMoreTrouble() {
        underTest().noMoreTrouble();
    }

    @ParameterizedTest
    @EnumSource
    void aReadingThatGoesWrongSaysHowAndWorksAgain(Trouble trouble) {
        OrderKey key = underTest().place();
        underTest().meetsNext(trouble);

        trouble.assertReadingFails(() -> underTest().source().read(key));

        underTest().noMoreTrouble();
        assertThat(underTest().source().read(key)).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void askingForChangesThatGoesWrongSaysHowAndWorksAgain(Trouble trouble) {
        Instant since = underTest()
                .source()
                .read(underTest().place())
                .orElseThrow()
                .order()
                .version();
        underTest().meetsNext(trouble);

        trouble.assertReadingFails(() -> changedSince(underTest().source(), since));

        underTest().noMoreTrouble();
        assertThat(changedSince(underTest().source(), since).changed()).isNotEmpty();
    }

    @Test
    void aChannelThatCanNotBeReachedIsSaidSo() {
        OrderKey key = underTest().place();

        Trouble.assertUnreached(() -> underTest().unreachable().read(key));
        Trouble.assertUnreached(() -> changedSince(underTest().unreachable(), Instant.EPOCH));
    }

    private OrderSource.Page changedSince(OrderSource source, Instant since) {
        return source.changedSince(underTest().account(), since, Optional.empty());
    }
}
