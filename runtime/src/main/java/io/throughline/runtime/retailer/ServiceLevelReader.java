package io.throughline.runtime.retailer;

import io.throughline.domain.failure.FailureCode.Owner;
import io.throughline.domain.measure.BusinessProcess;
import io.throughline.domain.measure.Contracts;
import io.throughline.domain.measure.Kpi;
import io.throughline.domain.measure.KpiTarget;
import io.throughline.domain.measure.ServiceLevels;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Reads {@code service-levels.yml}: what was promised of each business process and of each figure. */
public final class ServiceLevelReader {
    private static final String FILE = "service-levels.yml";
    private static final String PROCESS_HINT =
            "each of " + List.of(BusinessProcess.values()) + " in lower case, with the time within which it ends";
    private static final String KPI_HINT =
            "each of " + List.of(Kpi.values()) + " in lower case, with from where on it is at risk, and breached";

    private static final String CONTRACTS_HINT =
            "api by tag, webhooks by who sends them, and events by what they tell of, each with its owner";

    private ServiceLevelReader() {}

    /** What is wrong is a {@link ConfigurationException}. */
    public static ServiceLevels load(Path directory, Map<String, String> environment) {
        return YamlSection.read(directory.resolve(FILE), new Variables(environment), ServiceLevelReader::levels);
    }

    private static ServiceLevels levels(YamlSection file) {
        double atRiskAt = file.value("atRiskAt", "a share of the time, such as 0.8", Double::parseDouble);
        Map<BusinessProcess, ServiceLevels.Promise> processes = file.section(
                "processes",
                PROCESS_HINT,
                section -> section.entries(
                        PROCESS_HINT,
                        named(BusinessProcess::valueOf),
                        name -> section.section(name, PROCESS_HINT, ServiceLevelReader::promise)));
        Map<Kpi, KpiTarget> kpis = file.section(
                "kpis",
                KPI_HINT,
                section -> section.entries(
                        KPI_HINT,
                        named(Kpi::valueOf),
                        name -> section.section(
                                name,
                                KPI_HINT,
                                target -> target(named(Kpi::valueOf).apply(name), target))));
        try {
            return new ServiceLevels(
                    atRiskAt,
                    processes,
                    kpis,
                    file.section("contracts", CONTRACTS_HINT, ServiceLevelReader::contracts));
        } catch (IllegalArgumentException incomplete) {
            throw file.wrong("", String.valueOf(incomplete.getMessage()));
        }
    }

    private static ServiceLevels.Promise promise(YamlSection section) {
        return new ServiceLevels.Promise(
                section.value("within", "an ISO 8601 duration such as PT15M", Values::someDuration),
                owner(section, "owner"));
    }

    private static Owner owner(YamlSection section, String key) {
        return section.value(key, "one of " + List.of(Owner.values()), Owner::valueOf);
    }

    private static Contracts contracts(YamlSection section) {
        return new Contracts(owners(section, "api"), owners(section, "webhooks"), owners(section, "events"));
    }

    private static Map<String, Owner> owners(YamlSection section, String kind) {
        return section.section(
                kind,
                CONTRACTS_HINT,
                names -> names.entries(CONTRACTS_HINT, Function.identity(), name -> owner(names, name)));
    }

    private static KpiTarget target(Kpi kpi, YamlSection section) {
        double atRisk = bound(kpi, section, "atRisk");
        double breached = bound(kpi, section, "breached");
        try {
            return new KpiTarget(kpi, atRisk, breached, owner(section, "owner"));
        } catch (IllegalArgumentException disordered) {
            throw section.wrong("", String.valueOf(disordered.getMessage()));
        }
    }

    private static double bound(Kpi kpi, YamlSection section, String key) {
        return switch (kpi.unit()) {
            case RATIO -> section.value(key, "a share such as 0.98", Double::parseDouble);
            case SECONDS ->
                section.value(
                        key,
                        "an ISO 8601 duration such as PT1M",
                        text -> Values.someDuration(text).toMillis() / 1000.0);
        };
    }

    private static <T> Function<String, T> named(Function<String, T> parser) {
        return name -> parser.apply(name.toUpperCase(Locale.ROOT));
    }
}
