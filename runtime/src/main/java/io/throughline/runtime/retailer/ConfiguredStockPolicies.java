package io.throughline.runtime.retailer;

import io.throughline.domain.account.Accounts;
import io.throughline.domain.availability.StockPolicies;
import io.throughline.domain.availability.StockPolicy;
import io.throughline.domain.fulfillment.Facilities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of {@code policies/stock/}, each named after its version and in force from an instant of its own. */
final class ConfiguredStockPolicies implements StockPolicies {
    private static final String SUFFIX = ".yml";

    private final NavigableMap<Instant, StockPolicy> versions;

    private ConfiguredStockPolicies(NavigableMap<Instant, StockPolicy> versions) {
        this.versions = versions;
    }

    static ConfiguredStockPolicies load(
            Path directory, Facilities facilities, Accounts accounts, ConfiguredCatalog catalog, Variables variables) {
        NavigableMap<Instant, StockPolicy> versions = new TreeMap<>();
        for (Path file : files(directory)) {
            StockPolicy policy = YamlSection.read(
                    file,
                    variables,
                    section -> new StockPolicyReader(facilities, accounts, catalog).read(section, file));
            StockPolicy other = versions.put(policy.effectiveFrom(), policy);
            if (other != null) {
                throw new ConfigurationException(
                        file,
                        "effectiveFrom",
                        "'" + policy.effectiveFrom() + "' is when '" + other.version()
                                + "' begins, too: only one can be in force");
            }
        }
        if (versions.isEmpty()) {
            throw new ConfigurationException(directory, "", "no stock policy is there: create stock-1" + SUFFIX);
        }
        return new ConfiguredStockPolicies(versions);
    }

    private static Iterable<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException missing) {
            throw new ConfigurationException(
                    directory, "", "the directory of the stock policies can't be read: create it");
        }
    }

    @Override
    public StockPolicy at(Instant instant) {
        Map.Entry<Instant, StockPolicy> inForce = versions.floorEntry(instant);
        if (inForce == null) {
            throw new IllegalStateException(
                    "no stock policy is in force at " + instant + ": the first begins at " + versions.firstKey());
        }
        return inForce.getValue();
    }
}
