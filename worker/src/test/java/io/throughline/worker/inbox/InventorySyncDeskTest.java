package io.throughline.worker.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.EffectMode;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InventorySyncDeskTest {
    private final List<String> done = new ArrayList<>();
    private final SampleAccounts accounts = new SampleAccounts();
    private final InventorySyncDesk desk = new InventorySyncDesk(
            accounts, account -> done.add("wake " + account.id()), process -> done.add("hurry " + process));

    @Test
    void whoTellsAnAccountOfItsStockLooksAtOnce() {
        String sync = "inventory/" + SampleAccounts.SHOP;

        assertThat(desk.handle(List.of(about(sync), about(sync)))).containsInstanceOf(Handling.Done.class);

        assertThat(done).containsExactly("wake " + SampleAccounts.SHOP, "hurry " + sync);
    }

    @Test
    void anAccountThatIsOffIsToldNothing() {
        accounts.mode(SampleAccounts.SHOP, EffectMode.OFF);

        assertThat(desk.handle(List.of(about("inventory/" + SampleAccounts.SHOP))))
                .containsInstanceOf(Handling.Done.class);

        assertThat(done).isEmpty();
    }

    @Test
    void othersAreNotItsOwn() {
        assertThat(desk.handle(List.of(about("stock/" + SampleAccounts.SHOP)))).isEmpty();

        assertThat(done).isEmpty();
    }

    private static InboxMessage about(String subject) {
        return new InboxMessage(
                1,
                SampleAccounts.SHOP,
                "throughline/redrive",
                subject,
                subject,
                "{}",
                Instant.parse("2026-11-23T09:00:00Z"),
                0);
    }
}
