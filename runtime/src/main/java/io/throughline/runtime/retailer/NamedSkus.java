package io.throughline.runtime.retailer;

import io.throughline.domain.catalog.Sku;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SKUs that policies name. Products come by syncs, too, before or after the start, so a policy may name any; one that nobody
 * knows is told, for it may be a slip of the pen.
 */
final class NamedSkus {
    private static final Logger LOG = LoggerFactory.getLogger(NamedSkus.class);
    private static final String HINT = "SKUs, each " + ConfiguredCatalog.SKU_HINT;

    /** A shop whose products are still to come may have named thousands. */
    private static final int MOST_TOLD = 50;

    private final ConfiguredCatalog catalog;
    private final List<Mention> mentions = new ArrayList<>();

    NamedSkus(ConfiguredCatalog catalog) {
        this.catalog = catalog;
    }

    private record Mention(YamlSection section, String key, Sku sku) {
        @Override
        public String toString() {
            return section.where(key) + ": " + sku;
        }
    }

    Set<Sku> of(YamlSection section, String key) {
        List<Sku> skus = section.values(key, HINT, Sku::of);
        for (int i = 0; i < skus.size(); i++) {
            if (!catalog.knows(skus.get(i))) {
                mentions.add(new Mention(section, key + "[" + i + "]", skus.get(i)));
            }
        }
        return Set.copyOf(skus);
    }

    /** None when the key is not there, which means all. */
    Set<Sku> some(YamlSection section, String key) {
        Set<Sku> skus = section.some(key, HINT, Sku::of);
        return skus.isEmpty() ? skus : of(section, key);
    }

    /** {@code known} gives those of them that syncs have brought. */
    void warnOfUnknown(UnaryOperator<Set<Sku>> known) {
        Set<Sku> unknown = mentions.stream().map(Mention::sku).collect(Collectors.toCollection(HashSet::new));
        if (!unknown.isEmpty()) {
            unknown.removeAll(known.apply(Set.copyOf(unknown)));
        }
        List<Mention> told = mentions.stream()
                .filter(mention -> unknown.contains(mention.sku()))
                .toList();
        if (!told.isEmpty()) {
            LOG.warn(
                    "policies name SKUs that neither retailer.yml nor any sync of a catalogue knows; their rules hold once there are"
                            + " such products, so correct what is a slip ({} times): {}",
                    told.size(),
                    told.stream().limit(MOST_TOLD).map(Mention::toString).collect(Collectors.joining("; ")));
        }
    }
}
