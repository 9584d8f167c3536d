package io.throughline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StayTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void aPersonAtATerminalDecidesWhenItEnds() {
        assertThat(Stay.chosen(false, true, Map.of())).isEqualTo(Stay.UNTIL_ENTER);
    }

    @Test
    void scriptsAndBuildServersAreNotKeptWaiting() {
        assertThat(Stay.chosen(false, false, Map.of())).isEqualTo(Stay.NOT_AT_ALL);
        assertThat(Stay.chosen(false, true, Map.of("CI", "true"))).isEqualTo(Stay.NOT_AT_ALL);
    }

    @Test
    void whoeverAsksForItGetsItKept() {
        assertThat(Stay.chosen(true, false, Map.of("CI", "true"))).isEqualTo(Stay.UNTIL_INTERRUPTED);
    }

    @Test
    void enterEndsIt() throws InterruptedException {
        await(new Typed("\n"));

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Enter stops everything.");
    }

    @Test
    void theEndOfTheInputEndsIt() throws InterruptedException {
        await(InputStream.nullInputStream());
    }

    @Test
    void whatWasTypedBeforeDoesNot() throws InterruptedException {
        Typed typed = new Typed("\nfor later\nrest");
        typed.before = 1;

        await(typed);

        assertThat(typed.readAllBytes()).asString().isEqualTo("rest");
    }

    private void await(InputStream in) throws InterruptedException {
        Stay.UNTIL_ENTER.await(in, new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    /** Of which only the first bytes are there before anybody waits. */
    private static final class Typed extends ByteArrayInputStream {
        private int before;

        Typed(String text) {
            super(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public synchronized int available() {
            return before;
        }
    }
}
