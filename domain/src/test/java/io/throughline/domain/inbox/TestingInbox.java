package io.throughline.domain.inbox;

import io.throughline.domain.account.AccountId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The inbox in memory, of which nobody takes anything out. */
public final class TestingInbox implements Inbox {
    private final Clock clock;
    private final List<InboxMessage> messages = new ArrayList<>();

    public TestingInbox(Clock clock) {
        this.clock = clock;
    }

    public synchronized List<InboxMessage> messages() {
        return List.copyOf(messages);
    }

    @Override
    public synchronized boolean store(AccountId account, String topic, String eventId, String subject, String body) {
        boolean known = messages.stream()
                .anyMatch(message -> message.account().equals(account)
                        && message.topic().equals(topic)
                        && message.eventId().equals(eventId));
        if (!known) {
            messages.add(
                    new InboxMessage(messages.size() + 1L, account, topic, eventId, subject, body, clock.instant(), 0));
        }
        return !known;
    }

    @Override
    public boolean storeHint(
            AccountId account, String topic, String eventId, String subject, String body, Gathering gathering) {
        return store(account, topic, eventId, subject, body);
    }

    @Override
    public boolean dispatchNext(Handler handler) {
        return false;
    }

    @Override
    public void awaitNews(Duration atMost) {}

    @Override
    public List<InboxMessage> deadLetters(int limit) {
        return List.of();
    }

    @Override
    public boolean replay(long id) {
        return false;
    }

    @Override
    public boolean discard(long id) {
        return false;
    }

    @Override
    public synchronized Optional<InboxMessage> find(long id) {
        return messages.stream().filter(message -> message.id() == id).findFirst();
    }
}
