package io.throughline.domain.rebuild;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is kept although it follows from facts in PostgreSQL, so that it can be read at once; and can be made anew from them. */
public enum ReadModel {
    NAMES("By which names an order, a case, a parcel or anything else is found", true),
    INBOX("Whose messages wait for a dispatcher, and whose are parked behind a dead letter", true),
    CAUSES("Which cases come from the same cause", true),
    ORDERS("Which version of each order holds", true),
    STORE_DAYS("How many summaries each store's day has, and since when sales wait for the next", true),
    RETURNS("How many units of each line of a return have come, were looked at and were sent back", true),
    TURNOVER("How fast stock goes at each place, and since when its oldest lies there", true),

    /** The database itself holds them together with the ledger; whatever parts them all the same, a person must see. */
    BALANCES("What the ledger and the reservations come to at each place", false);

    private final String tells;
    private final boolean mended;

    ReadModel(String tells, boolean mended) {
        this.tells = tells;
        this.mended = mended;
    }

    /** As people say it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<ReadModel> of(String word) {
        return Arrays.stream(values())
                .filter(model -> model.word().equals(word))
                .findFirst();
    }

    /** What it tells. */
    public String tells() {
        return tells;
    }

    /** Whether what differs is made as it should be; else it is only told. */
    public boolean isMended() {
        return mended;
    }
}
