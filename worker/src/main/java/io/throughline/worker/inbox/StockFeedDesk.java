package io.throughline.worker.inbox;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.inventory.UnplacedReports;
import io.throughline.domain.inventory.UnplacedThing;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Wakes the process that hears of an account's stock, and gives up what nobody could place. */
public final class StockFeedDesk implements InboxDesk {
    private static final Pattern STOCK_SUBJECT = Pattern.compile("stock/([^/]+)");

    private final StockNews news;
    private final UnplacedReports unplaced;

    public StockFeedDesk(StockNews news, UnplacedReports unplaced) {
        this.news = news;
        this.unplaced = unplaced;
    }

    /** All messages of a subject mean the same here. */
    @Override
    public Optional<Handling> handle(List<InboxMessage> messages) {
        Matcher stock = STOCK_SUBJECT.matcher(messages.getFirst().subject());
        if (!stock.matches()) {
            return Optional.empty();
        }
        news.heardOf(AccountId.of(stock.group(1)));
        return Optional.of(new Handling.Done());
    }

    @Override
    public boolean resolve(Case decided) {
        Optional<UnplacedThing> thing = UnplacedThing.of(decided.subject());
        thing.filter(about -> decided.status() == CaseStatus.DECIDED)
                .ifPresent(about -> unplaced.giveUp(about.account(), about.name()));
        return thing.isPresent();
    }
}
