package io.throughline.worker.inbox;

import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.sale.StoreDayId;
import java.util.List;
import java.util.Optional;

/** News of store days: that sales wait to be posted, and that a case was decided. */
public final class StoreDayNews implements InboxDesk {
    private static final String DAY = "day";

    private final StoreDayProcesses processes;

    public StoreDayNews(StoreDayProcesses processes) {
        this.processes = processes;
    }

    @Override
    public Optional<Handling> handle(List<InboxMessage> messages) {
        return wake(messages.getFirst().subject(), DAY) ? Optional.of(new Handling.Done()) : Optional.empty();
    }

    @Override
    public boolean resolve(Case decided) {
        return wake(decided.subject(), decided.id().value());
    }

    private boolean wake(String subject, String about) {
        Optional<StoreDayId> day = StoreDayId.of(subject);
        day.ifPresent(one -> processes.wakeOrStart(one, about));
        return day.isPresent();
    }
}
