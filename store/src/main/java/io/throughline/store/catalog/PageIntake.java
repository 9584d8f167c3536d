package io.throughline.store.catalog;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Attribute;
import io.throughline.domain.catalog.CatalogSync.Tally;
import io.throughline.domain.catalog.Price;
import io.throughline.domain.catalog.Product.Contradiction;
import io.throughline.domain.catalog.Product.Known;
import io.throughline.domain.catalog.ProductRecord;
import io.throughline.domain.catalog.ProductRecord.PriceStated;
import io.throughline.domain.catalog.ProductRecord.Stated;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.catalog.SystemOfRecord;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.store.catalog.AttributeRows.Cell;
import io.throughline.store.catalog.ObservationRows.Observed;
import io.throughline.store.catalog.PriceRows.Tag;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * One page of one account's catalogue on its way in. The owner's newer word is taken; anybody else's is written down beside it and told when
 * it contradicts. Anything of a product that nobody has introduced is written down, and weighed when somebody does. Used once, inside the caller's transaction.
 */
final class PageIntake {
    /** What is said of a price is about this, with channel and currency. */
    static final String PRICE = "PRICE ";

    private final SystemOfRecord owners;
    private final AccountId source;
    private final Instant now;
    private final List<Cell> attributes = new ArrayList<>();
    private final List<Price> prices = new ArrayList<>();
    private final List<Observed> observed = new ArrayList<>();
    private final Map<Sku, List<Told>> told = new TreeMap<>();
    private int changed;
    private int refused;

    PageIntake(SystemOfRecord owners, AccountId source, Instant now) {
        this.owners = owners;
        this.source = source;
        this.now = now;
    }

    /** A line of a product's trace. */
    private record Told(String kind, String summary, Map<String, String> detail) {}

    Tally take(Handle handle, List<ProductRecord> records, TraceWriter trace) {
        // Two pages at once take the rows of products and of traces in one order, and so never wait for each other in a
        // circle.
        Map<Sku, ProductRecord> bySku = new TreeMap<>();
        // Of two products with one SKU the last counts, within a page as between two.
        records.forEach(record -> bySku.put(record.sku(), record));
        Set<Sku> introduced = introduce(handle, bySku.keySet());
        Set<Sku> known = owners.introducesProducts(source) ? bySku.keySet() : known(handle, bySku.keySet());
        Map<Sku, Map<Attribute, Known>> knownAttributes = AttributeRows.of(handle, bySku.keySet());
        Map<Tag, Price> knownPrices = PriceRows.latest(handle, bySku.keySet());
        Map<Sku, List<Contradiction>> heard = ObservationRows.of(handle, bySku.keySet());
        for (ProductRecord record : bySku.values()) {
            Beside beside = new Beside(record.sku(), heard.getOrDefault(record.sku(), List.of()));
            if (known.contains(record.sku())) {
                Map<Attribute, Known> has = knownAttributes.getOrDefault(record.sku(), Map.of());
                record.attributes().forEach(word -> weigh(record.sku(), word, has, beside));
                record.prices().forEach(word -> weigh(record.sku(), word, knownPrices, beside));
            } else {
                refuseWhole(record, beside);
            }
        }
        AttributeRows.put(handle, attributes);
        PriceRows.put(handle, prices, now);
        CostRows.put(handle, source, bySku.values(), now);
        ObservationRows.put(handle, observed);
        told.forEach((sku, lines) -> lines.forEach(
                line -> trace.append(handle, "product/" + sku, line.kind(), line.summary(), line.detail())));
        heard.keySet().retainAll(introduced);
        return new Tally(records.size(), changed + takeUp(handle, heard, trace), refused, 0);
    }

    /** Those that there were not before. */
    private Set<Sku> introduce(Handle handle, Set<Sku> skus) {
        return owners.introducesProducts(source)
                ? skus(handle.createQuery("""
                        insert into product (sku, introduced_by, since)
                        select sku, :source, :now from unnest(cast(:skus as text[])) as told (sku)
                        on conflict (sku) do nothing returning sku
                        """).bind("source", source.value()).bind("now", Columns.at(now)), skus)
                : Set.of();
    }

    private static Set<Sku> known(Handle handle, Set<Sku> skus) {
        return skus(handle.createQuery("select sku from product where sku = any(cast(:skus as text[]))"), skus);
    }

    private static Set<Sku> skus(Query query, Set<Sku> among) {
        return query.bindArray("skus", String.class, Skus.texts(among))
                .map((row, context) -> Sku.of(row.getString("sku")))
                .set();
    }

    /** What others have said of a product before there was one counts now, as far as it is theirs. Gives how much that is. */
    private int takeUp(Handle handle, Map<Sku, List<Contradiction>> heard, TraceWriter trace) {
        Map<AccountId, List<ProductRecord>> bySource = new HashMap<>();
        heard.forEach((sku, words) -> words.stream()
                .collect(Collectors.groupingBy(Contradiction::source))
                .forEach((other, said) -> bySource.computeIfAbsent(other, key -> new ArrayList<>())
                        .add(record(sku, said))));
        bySource.remove(source);
        return bySource.entrySet().stream()
                .mapToInt(said -> new PageIntake(owners, said.getKey(), now)
                        .take(handle, said.getValue(), trace)
                        .changed())
                .sum();
    }

    private static ProductRecord record(Sku sku, List<Contradiction> said) {
        List<Stated> attributes = new ArrayList<>();
        List<PriceStated> prices = new ArrayList<>();
        for (Contradiction word : said) {
            if (word.about().startsWith(PRICE)) {
                String[] tag = word.about().substring(PRICE.length()).split(" ", 2);
                CurrencyCode currency = CurrencyCode.of(tag[1]);
                word.value()
                        .ifPresent(amount -> prices.add(
                                new PriceStated(AccountId.of(tag[0]), Money.of(amount, currency), word.version())));
            } else {
                attributes.add(new Stated(Attribute.valueOf(word.about()), word.value(), word.version()));
            }
        }
        return new ProductRecord(sku, attributes, prices);
    }

    private void refuseWhole(ProductRecord record, Beside beside) {
        boolean news = beside.isEmpty();
        record.attributes().forEach(word -> beside.note(word.attribute().name(), word.value(), word.version()));
        record.prices()
                .forEach(word ->
                        beside.note(about(tag(record.sku(), word)), Optional.of(words(word.amount())), word.version()));
        refused++;
        if (news) {
            tell(
                    record.sku(),
                    "product.refused",
                    source + " introduces no products",
                    Map.of("account", source.value()));
        }
    }

    private void weigh(Sku sku, Stated word, Map<Attribute, Known> has, Beside beside) {
        Optional<Known> known = Optional.ofNullable(has.get(word.attribute()));
        Optional<String> before = known.flatMap(Known::value);
        if (!owners.ownerOf(word.attribute()).equals(source)) {
            beside.compare(word.attribute().name(), word.value(), word.version(), before);
            return;
        }
        boolean ours = known.filter(last -> last.source().equals(source)).isPresent();
        if (ours && (word.version().isBefore(known.get().version()) || same(word, known.get()))) {
            return;
        }
        boolean news = known.isEmpty() || !before.equals(word.value());
        Instant learnt = news ? now : known.get().at();
        attributes.add(new Cell(sku, new Known(word.attribute(), word.value(), source, word.version(), learnt)));
        changed += news ? 1 : 0;
        if (news && known.isPresent()) {
            tell(
                    sku,
                    "product.changed",
                    word.attribute() + " changed",
                    Map.of(
                            "attribute", word.attribute().name(),
                            "from", before.orElse(""),
                            "to", word.value().orElse(""),
                            "source", source.value()));
        }
    }

    private static boolean same(Stated word, Known known) {
        return word.value().equals(known.value()) && word.version().equals(known.version());
    }

    private void weigh(Sku sku, PriceStated word, Map<Tag, Price> knownPrices, Beside beside) {
        Tag tag = tag(sku, word);
        Optional<Price> known = Optional.ofNullable(knownPrices.get(tag));
        Optional<String> amount = Optional.of(words(word.amount()));
        Optional<String> before = known.map(Price::amount).map(PageIntake::words);
        if (owners.ownerOfPrices(tag.channel()).filter(source::equals).isEmpty()) {
            beside.compare(about(tag), amount, word.version(), before);
            return;
        }
        boolean ours = known.filter(price -> price.source().equals(source)).isPresent();
        if (ours && (word.version().isBefore(known.get().version()) || amount.equals(before))) {
            return;
        }
        Instant from =
                known.map(last -> validAfter(last.validFrom(), word.version())).orElse(word.version());
        prices.add(new Price(sku, tag.channel(), word.amount(), source, word.version(), from));
        changed += amount.equals(before) ? 0 : 1;
        if (before.isPresent() && !amount.equals(before)) {
            tell(
                    sku,
                    "price.changed",
                    "the price at " + tag.channel() + " is " + word.amount(),
                    Map.of(
                            "account", tag.channel().value(),
                            "currency", tag.currency().code(),
                            "amount", amount.get(),
                            "before", before.get(),
                            "source", source.value(),
                            "validFrom", from.toString()));
        }
    }

    /** Not every change of a price is one of the product's version: then it counts from when we learn it. */
    private Instant validAfter(Instant last, Instant version) {
        return Stream.of(version, now).filter(last::isBefore).findFirst().orElse(last);
    }

    static String words(Money amount) {
        return amount.toDecimal().toPlainString();
    }

    private static Tag tag(Sku sku, PriceStated word) {
        return new Tag(sku, word.channel(), word.amount().currency());
    }

    static String about(Tag tag) {
        return PRICE + tag.channel() + " " + tag.currency();
    }

    private void tell(Sku sku, String kind, String summary, Map<String, String> detail) {
        told.computeIfAbsent(sku, key -> new ArrayList<>()).add(new Told(kind, summary, detail));
    }

    /** What this account says of a product without owning it. */
    private final class Beside {
        private final Sku sku;
        private final Map<String, Contradiction> heard = new LinkedHashMap<>();

        Beside(Sku sku, List<Contradiction> all) {
            this.sku = sku;
            all.stream().filter(word -> word.source().equals(source)).forEach(word -> heard.put(word.about(), word));
        }

        boolean isEmpty() {
            return heard.isEmpty();
        }

        /** {@code counts} is what the owner says, or nothing. */
        void compare(String about, Optional<String> value, Instant version, Optional<String> counts) {
            boolean news = note(about, value, version);
            if (value.equals(counts)) {
                return;
            }
            refused++;
            if (news) {
                tell(
                        sku,
                        "product.refused",
                        source + " does not own " + about,
                        Map.of(
                                "about", about,
                                "account", source.value(),
                                "value", value.orElse(""),
                                "counts", counts.orElse("")));
            }
        }

        /** Whether it says another thing than before. */
        boolean note(String about, Optional<String> value, Instant version) {
            @Nullable Contradiction before = heard.get(about);
            if (before == null) {
                observe(about, value, version, now);
                return true;
            }
            if (version.isBefore(before.version())) {
                return false;
            }
            boolean news = !before.value().equals(value);
            if (news || !version.equals(before.version())) {
                observe(about, value, version, news ? now : before.at());
            }
            return news;
        }

        private void observe(String about, Optional<String> value, Instant version, Instant at) {
            observed.add(new Observed(sku, new Contradiction(about, value, source, version, at)));
        }
    }
}
