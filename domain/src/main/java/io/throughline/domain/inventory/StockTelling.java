package io.throughline.domain.inventory;

import io.throughline.domain.account.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One call that tells an account's system of stock. It is stored before it is sent, so that it can be repeated just as it was when
 * nobody knows what became of it. {@code number} is ever higher; {@code madeAt} is when the stock was as it tells.
 */
public record StockTelling(AccountId account, long number, Instant madeAt, List<Line> lines) {
    public StockTelling {
        lines = List.copyOf(lines);
        if (lines.isEmpty() || lines.stream().map(Line::moves).distinct().count() != 1) {
            throw new IllegalArgumentException("a call either sets or moves, and does so to something");
        }
    }

    /** Whether units are moved between what is available and another state; otherwise what is on hand is set. */
    public boolean moves() {
        return lines.getFirst().moves();
    }

    /** What is asked, in one canonical text. */
    public String request() {
        return lines.stream()
                .map(line -> line.place() + " " + line.state() + " " + line.from() + ">" + line.to())
                .collect(Collectors.joining("\n"));
    }

    /**
     * The state changes from the value that it is taken to have, and from no other, to another one. {@code ordinal}, {@code net} and
     * {@code owed} are how the ledger stands to what is then on hand; {@code version} is that of the publication.
     */
    public record Line(
            StockSubject place,
            String item,
            ShownState state,
            int from,
            int to,
            long ordinal,
            int net,
            int owed,
            long version) {
        boolean moves() {
            return state != ShownState.ON_HAND;
        }

        /** Whether less can be sold afterwards. */
        public boolean withholds() {
            return moves() ? to > from : to < from;
        }

        public Line publishedAs(long publication) {
            return new Line(place, item, state, from, to, ordinal, net, owed, publication);
        }
    }
}
