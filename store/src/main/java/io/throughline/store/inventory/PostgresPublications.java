package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Bundles.Part;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.ChannelRules;
import io.throughline.domain.inventory.Publications;
import io.throughline.domain.inventory.Republications;
import io.throughline.domain.inventory.ShownStock;
import io.throughline.domain.inventory.StockPicture;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.inventory.StockTelling;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What accounts have been told of the ledger, in PostgreSQL. */
public final class PostgresPublications implements Publications {
    /** Who has not been heard of for so long while there is news is called again. */
    private static final Duration AT_WORK_FOR = Duration.ofMinutes(5);

    private final Transactions transactions;
    private final Clock clock;
    private final Bundles bundles;
    private final ChannelRules channels;
    private final Balances balances;
    private final Pictures pictures;
    private final BundlePictures bundlePictures;
    private final TraceWriter trace;

    public PostgresPublications(Transactions transactions, Clock clock, StockRules rules, TraceWriter trace) {
        this.transactions = transactions;
        this.clock = clock;
        this.trace = trace;
        this.bundles = rules.bundles();
        this.channels = rules.channels();
        this.balances = new Balances(rules.safetyStocks());
        this.pictures = new Pictures(balances);
        this.bundlePictures = new BundlePictures(bundles, balances);
    }

    @Override
    public boolean claim(AccountId account, Set<FacilityId> facilities, String terms) {
        return transactions.with(
                handle -> Sweeps.claim(handle, account, withUnrouted(facilities), terms, clock.instant(), AT_WORK_FOR));
    }

    @Override
    public void atWork(AccountId account) {
        transactions.with(handle -> Sweeps.atWork(handle, account, Optional.of(clock.instant())));
    }

    @Override
    public void atRest(AccountId account) {
        transactions.with(handle -> Sweeps.atWork(handle, account, Optional.empty()));
    }

    @Override
    public void offer(AccountId account, Map<FacilityId, Integer> percents) {
        transactions.run(handle -> OfferRows.offer(handle, account, percents));
    }

    @Override
    public Page changed(AccountId account, Set<FacilityId> facilities, String terms, int most) {
        return transactions.in(handle -> {
            if (Sweeps.begin(handle, account, terms)) {
                Shown.forget(handle, account);
            }
            return Sweeps.page(handle, account, withUnrouted(facilities), most);
        });
    }

    private static Set<FacilityId> withUnrouted(Set<FacilityId> facilities) {
        Set<FacilityId> all = new HashSet<>(facilities);
        all.add(FacilityId.UNROUTED);
        return all;
    }

    @Override
    public void done(AccountId account, Page page) {
        transactions.run(handle -> Sweeps.done(handle, account, page));
    }

    @Override
    public List<StockPicture> pictures(AccountId account, Set<FacilityId> facilities, Collection<StockSubject> places) {
        return transactions.with(handle -> {
            Offers offers = Offers.of(handle, account, channels);
            Claims claims = Claims.of(handle, account, facilities, withOtherParts(places), bundles, balances, offers);
            Set<Sku> skus = places.stream().map(StockSubject::sku).collect(Collectors.toSet());
            Thresholds thresholds = Thresholds.of(handle, account, facilities, skus, balances, claims, offers);
            Set<StockSubject> shelves = new HashSet<>(shelves(facilities, places, claims));
            shelves.addAll(thresholds.moved());
            List<StockPicture> all = new ArrayList<>(pictures.of(handle, account, shelves, claims, offers, thresholds));
            Set<StockSubject> bundled = all.stream()
                    .map(StockPicture::place)
                    .flatMap(place -> bundles.bundlesOf(place.sku()).stream()
                            .flatMap(bundle -> bundled(bundle, place.facility(), facilities, offers)))
                    .collect(Collectors.toSet());
            all.addAll(bundlePictures.of(handle, account, bundled, claims, offers));
            return all;
        });
    }

    /** What is kept back of the whole network may lie upon another place when there is more or less at one. */
    private static Stream<StockSubject> bundled(Sku bundle, FacilityId changed, Set<FacilityId> shown, Offers offers) {
        return (offers.threshold(bundle) > 0 ? shown.stream() : Stream.of(changed))
                .map(facility -> new StockSubject(facility, bundle));
    }

    /** What lies elsewhere of a SKU may be claimed less or more when one of its shelves, or the demand without a facility, has changed. */
    private static Set<StockSubject> shelves(
            Set<FacilityId> facilities, Collection<StockSubject> places, Claims claims) {
        return places.stream()
                .flatMap(place -> place.facility().equals(FacilityId.UNROUTED) || claims.concern(place.sku())
                        ? facilities.stream().map(facility -> new StockSubject(facility, place.sku()))
                        : Stream.of(place))
                .collect(Collectors.toSet());
    }

    /** A bundle has less when another one of its parts is claimed, too. */
    private Set<Sku> withOtherParts(Collection<StockSubject> places) {
        return places.stream()
                .map(StockSubject::sku)
                .flatMap(sku -> Stream.concat(
                        Stream.of(sku),
                        bundles.bundlesOf(sku).stream()
                                .flatMap(bundle -> bundles.partsOf(bundle).stream())
                                .map(Part::sku)))
                .collect(Collectors.toSet());
    }

    @Override
    public void learn(AccountId account, Map<StockPicture, ShownStock> read, Set<FacilityId> trusted) {
        transactions.run(handle -> {
            Set<StockSubject> wishes = RepublicationRows.of(handle, account).stream()
                    .map(Republications.Wish::place)
                    .collect(Collectors.toSet());
            List<Again> again = new ArrayList<>();
            read.forEach((picture, shown) -> {
                OptionalInt wished = wishes.contains(picture.place())
                        ? wished(handle, account, picture, shown)
                        : OptionalInt.empty();
                Shown.learn(
                        handle,
                        account,
                        picture,
                        shown,
                        wished.orElseGet(() -> Shown.owed(picture, shown, isRight(picture.place(), trusted))));
                wished.ifPresent(owed -> again.add(new Again(picture, shown, owed)));
            });
            again.stream()
                    .sorted(Comparator.comparing(one -> one.picture().place().toString()))
                    .forEach(one -> tell(handle, account, one));
        });
    }

    /** The system is to show the ledger's number again: so many units that it is to be told of. */
    private record Again(StockPicture picture, ShownStock shown, int owed) {}

    /** How many units the system is to be told of because somebody has wished for the ledger's number; empty: it is too early to say. */
    private OptionalInt wished(Handle handle, AccountId account, StockPicture picture, ShownStock shown) {
        Instant now = clock.instant();
        OptionalInt owed = RepublicationRows.find(handle, account, picture.place(), bundles, now)
                .map(wish -> wish.owed(picture.wanted().net(), shown.onHand(), now))
                .orElseGet(OptionalInt::empty);
        if (owed.isPresent()) {
            RepublicationRows.delete(handle, account, picture.place());
        }
        return owed;
    }

    private void tell(Handle handle, AccountId account, Again again) {
        trace.append(
                handle,
                again.picture().place().toString(),
                "stock.published-again",
                account + " showed " + again.shown().onHand() + ", the ledger has "
                        + again.picture().wanted().net() + ": it is told of %+d".formatted(again.owed()),
                Map.of(
                        "account",
                        account.value(),
                        "shown",
                        Integer.toString(again.shown().onHand()),
                        "ledger",
                        Integer.toString(again.picture().wanted().net()),
                        "told",
                        Integer.toString(again.owed())));
    }

    /** Nobody but the ledger knows how many bundles there are. */
    private boolean isRight(StockSubject place, Set<FacilityId> trusted) {
        return trusted.contains(place.facility()) && !bundles.isBundle(place.sku());
    }

    @Override
    public void follow(AccountId account, Collection<StockPicture> pictures) {
        pictures.forEach(picture -> picture.known()
                .filter(known -> known.own() != 0 && known.others() == 0)
                .filter(known -> known.standing() == StockPicture.Standing.KNOWN)
                .ifPresent(known -> transactions.run(handle -> Shown.follow(handle, account, picture, known))));
    }

    @Override
    public Optional<StockTelling> inHand(AccountId account) {
        return transactions.with(handle -> Tellings.find(handle, account));
    }

    @Override
    public StockTelling prepare(AccountId account, List<StockTelling.Line> lines) {
        return transactions.in(handle -> Tellings.prepare(handle, account, lines, clock.instant()));
    }

    @Override
    public boolean sending(StockTelling telling) {
        return transactions.in(handle -> Tellings.sending(handle, telling));
    }

    @Override
    public void notSent(StockTelling telling) {
        transactions.run(handle -> Tellings.notSent(handle, telling));
    }

    @Override
    public void told(StockTelling telling, Set<Integer> untold, boolean unsure) {
        settle(telling, (handle, index, line) -> {
            boolean taken = !untold.contains(index);
            if (taken) {
                Shown.told(handle, telling.account(), line);
            }
            if (!taken || unsure) {
                Shown.doubt(handle, telling.account(), line.place());
            }
        });
    }

    @Override
    public void withdraw(StockTelling telling, Set<Integer> stale) {
        settle(telling, (handle, index, line) -> {
            if (stale.contains(index)) {
                Shown.doubt(handle, telling.account(), line.place());
            }
        });
    }

    /** What becomes of one line. */
    private interface Settlement {
        void settle(Handle handle, int index, StockTelling.Line line);
    }

    private void settle(StockTelling telling, Settlement settlement) {
        transactions.run(handle -> {
            if (Tellings.remove(handle, telling)) {
                for (int index = 0; index < telling.lines().size(); index++) {
                    settlement.settle(handle, index, telling.lines().get(index));
                }
            }
        });
    }

    @Override
    public void refuse(AccountId account, Collection<StockSubject> places) {
        transactions.run(handle -> places.forEach(place -> {
            Shown.refuse(handle, account, place);
            // Its case tells of it.
            RepublicationRows.delete(handle, account, place);
        }));
    }

    @Override
    public void retry(AccountId account, Sku sku) {
        transactions.run(handle -> Shown.retry(handle, account, sku, bundles.partsOf(sku)));
    }
}
