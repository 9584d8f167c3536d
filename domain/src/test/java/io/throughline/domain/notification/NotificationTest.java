package io.throughline.domain.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.notification.Notification.Template;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NotificationTest {
    /** An unordered map has another order in each process: asked for once more after a death, the same message would be another one. */
    @Test
    void theSameFactsReadTheSameInEveryProcess() {
        SequencedMap<String, String> facts =
                new TreeMap<>(Map.of("return", "O-1-R1", "until", "2026-12-01", "at", "ST-HARBOR"));

        assertThat(saying(facts.reversed()).facts()).hasToString("{at=ST-HARBOR, return=O-1-R1, until=2026-12-01}");
        assertThat(saying(facts).with(Map.of("code", "1234")).facts())
                .hasToString("{at=ST-HARBOR, code=1234, return=O-1-R1, until=2026-12-01}");
    }

    private static Notification saying(Map<String, String> facts) {
        return new Notification("O-1-R1/told", Template.RETURN_AUTHORISED, "#1", PersonalData.none(), facts);
    }
}
