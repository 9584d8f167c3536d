package io.throughline.domain.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Keeps what is wished for. */
public final class TestingRepublications implements Republications {
    public final List<Wish> wishes = new ArrayList<>();
    public final List<AccountId> reminded = new ArrayList<>();

    /** When comparisons have wished for it, wherever. */
    public final List<Instant> asked = new ArrayList<>();

    /** What the next wish comes to, unless there is one already. */
    public Outcome outcome = Outcome.ASKED;

    @Override
    public Outcome ask(AccountId account, StockSubject place, String askedBy) {
        if (wishes.stream()
                .anyMatch(wish -> wish.account().equals(account) && wish.place().equals(place))) {
            return Outcome.ASKED_BEFORE;
        }
        if (outcome == Outcome.ASKED) {
            wishes.add(new Wish(account, place, Instant.EPOCH, askedBy));
        }
        return outcome;
    }

    @Override
    public int askedByUs(AccountId account, StockSubject place, Instant since) {
        return (int) asked.stream().filter(at -> !at.isBefore(since)).count();
    }

    @Override
    public void countAnew(AccountId account, StockSubject place) {
        asked.clear();
    }

    @Override
    public void remind(AccountId account) {
        reminded.add(account);
    }

    @Override
    public List<Wish> pending(Sku sku) {
        return wishes.stream().filter(wish -> wish.place().sku().equals(sku)).toList();
    }
}
