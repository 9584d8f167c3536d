package io.throughline.domain.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.failure.Trouble;
import io.throughline.domain.reconciliation.EventFeed.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every system keeps to that is asked for what its webhooks may have lost. */
public abstract class EventFeedContract {
    /** More than any system tells on one page. */
    private static final int MANY = 101;

    protected abstract EventFeedUnderTest underTest();

    @AfterEach
    void noMoreTrouble() {
        underTest().noMoreTrouble();
    }

    @Test
    void whatNobodyWasToldOfIsFoundUnderTheSameIdsHoweverOftenItIsAskedFor() {
        Instant before = Instant.now().minus(Duration.ofMinutes(5));
        String id = underTest().happen(1).getFirst();

        List<Event> found = about(id, all(before));

        assertThat(found).isNotEmpty().allSatisfy(event -> {
            assertThat(event.topic()).isNotBlank();
            assertThat(event.eventId()).isNotBlank();
            assertThat(event.hint()).startsWith("{").endsWith("}");
        });
        assertThat(about(id, all(before))).isEqualTo(found);
    }

    @Test
    void whatHappenedBeforeIsNotTold() {
        String id = underTest().happen(1).getFirst();

        assertThat(about(id, all(Instant.now().plus(Duration.ofMinutes(1))))).isEmpty();
    }

    @Test
    void muchIsToldPageByPageEachOnceAndTheOldestFirst() {
        Instant before = Instant.now().minus(Duration.ofMinutes(5));
        List<String> ids = underTest().happen(MANY);

        EventFeed.Page first = underTest().feed().since(underTest().account(), before, Optional.empty());
        List<Event> all = all(before);

        assertThat(first.next()).isPresent();
        assertThat(all)
                .startsWith(first.events().toArray(Event[]::new))
                .hasSizeGreaterThan(first.events().size())
                .doesNotHaveDuplicates();
        assertThat(all.stream()
                        .map(Event::subject)
                        .map(subject -> subject.substring(subject.lastIndexOf('/') + 1))
                        .distinct()
                        .filter(ids::contains))
                .containsExactlyElementsOf(ids);
    }

    @ParameterizedTest
    @EnumSource
    void aReadingThatGoesWrongSaysHowAndWorksAgain(Trouble trouble) {
        Instant before = Instant.now().minus(Duration.ofMinutes(5));
        String id = underTest().happen(1).getFirst();
        underTest().meetsNext(trouble);

        trouble.assertReadingFails(() -> all(before));

        underTest().noMoreTrouble();
        assertThat(about(id, all(before))).isNotEmpty();
    }

    @Test
    void aSystemThatCanNotBeReachedIsSaidSo() {
        Trouble.assertUnreached(
                () -> underTest().unreachable().since(underTest().account(), Instant.now(), Optional.empty()));
    }

    private List<Event> all(Instant since) {
        List<Event> all = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            EventFeed.Page page = underTest().feed().since(underTest().account(), since, cursor);
            all.addAll(page.events());
            cursor = page.next();
        } while (cursor.isPresent());
        return all;
    }

    private static List<Event> about(String id, List<Event> events) {
        return events.stream()
                .filter(event -> event.subject().endsWith("/" + id))
                .toList();
    }
}
