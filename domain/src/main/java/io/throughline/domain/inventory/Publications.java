package io.throughline.domain.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How far each account's system has been told of the ledger. Balances that have changed are found by the transaction that changed them
 * last, so that a burst at one place is one publication, and the order in which transactions commit can hide none.
 */
public interface Publications {
    /**
     * Whether there is news for the account and nobody is at it; who is told so is to see that somebody begins. {@code terms} are the
     * rules by which it is told; others than before make everything news.
     */
    boolean claim(AccountId account, Set<FacilityId> facilities, String terms);

    /** Somebody is at it. */
    void atWork(AccountId account);

    /** Nobody is at it any more. */
    void atRest(AccountId account);

    /**
     * So many percent of what each of these facilities has are offered to the account's channel from now on; of those that are not named, what
     * was before. What changes by that is told piece by piece, after what is news.
     */
    void offer(AccountId account, Map<FacilityId, Integer> percents);

    /**
     * The changed places that come next, at most so many; empty when the account has seen all. A bundle changes with its
     * parts. Where the demand without a facility has changed, the place has none either. Where there is less news than that, places of a facility
     * come with it of which another share is offered now.
     */
    Page changed(AccountId account, Set<FacilityId> facilities, String terms, int most);

    /** The account has been told of this page. */
    void done(AccountId account, Page page);

    /**
     * What the account, which has these facilities, is to be shown of places, and of the bundles that are made of what lies there. Where there
     * is demand without a facility for a SKU, what it may come to take is shown of all of them.
     */
    List<StockPicture> pictures(AccountId account, Set<FacilityId> facilities, Collection<StockSubject> places);

    /**
     * Takes in what the system shows at the places of these pictures. It moves the stock of those that are {@code trusted} itself, and knows
     * it, but for bundles.
     */
    void learn(AccountId account, Map<StockPicture, ShownStock> read, Set<FacilityId> trusted);

    /** Its own orders' goods have left these places, which the system takes in by itself. */
    void follow(AccountId account, Collection<StockPicture> pictures);

    /** The call that was stored and of which it is not known what became. */
    Optional<StockTelling> inHand(AccountId account);

    /** Stores a call, and remembers as published what it tells. */
    StockTelling prepare(AccountId account, List<StockTelling.Line> lines);

    /** The call is about to be sent. Gives whether it may have been before. */
    boolean sending(StockTelling telling);

    /** The call that was about to be sent has certainly done nothing. */
    void notSent(StockTelling telling);

    /** The call was taken, but for the lines at these indexes, which are read again; all are when it is {@code unsure} what they show. */
    void told(StockTelling telling, Set<Integer> untold, boolean unsure);

    /** The call has changed nothing. The lines at these indexes are read again. */
    void withdraw(StockTelling telling, Set<Integer> stale);

    /** The system doesn't take what it is told of this SKU at these places, until somebody decides otherwise. */
    void refuse(AccountId account, Collection<StockSubject> places);

    /** What was refused of this SKU is tried again. */
    void retry(AccountId account, Sku sku);

    /**
     * A page of places; {@code position} is how far it goes in the news, {@code last} whether no news follow it. {@code again} is what of it is
     * no news.
     */
    record Page(List<StockSubject> places, String position, boolean last, Optional<Again> again) {
        public Page {
            places = List.copyOf(places);
            if (again.isPresent() && !last) {
                throw new IllegalArgumentException("news come first");
            }
        }

        /** With nothing but news. */
        public Page(List<StockSubject> places, String position, boolean last) {
            this(places, position, last, Optional.empty());
        }

        /** Whether the account has been told of everything after this page. */
        public boolean ends() {
            return last && again.isEmpty();
        }
    }

    /** The page goes through a facility up to this SKU; empty: to its end. {@code round}: of so many changes of what is offered there. */
    record Again(FacilityId facility, long round, Optional<Sku> upTo) {}
}
