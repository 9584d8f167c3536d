package io.throughline.worker;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.core.Configuration;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import io.throughline.activities.inventory.StockFeedStepsImpl;
import io.throughline.connectors.subscribers.AddressRules;
import io.throughline.domain.finance.Erp;
import io.throughline.runtime.TracingSettings;
import io.throughline.worker.event.EventSettings;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** {@code config/worker.yml}. What the retailer has (accounts, facilities, policies) is in files beside it. */
public final class WorkerConfiguration extends Configuration {
    /** The directory of {@code retailer.yml} and {@code policies/}. */
    @NotNull
    @JsonProperty
    private Path retailer = Path.of("config");

    /** Which task queues this process works on, and how much of each. */
    @NotEmpty
    @JsonProperty
    private Map<String, @Valid QueueSettings> queues = Map.of();

    /** How many subjects of the inbox are handled at a time. */
    @Min(0)
    @Max(64)
    @JsonProperty
    private int dispatchers = 4;

    /** Where subscribers may be. */
    @NotNull
    @JsonProperty
    private AddressRules subscribers = new AddressRules(Set.of(443, 8443), false);

    /** How events are delivered to them. */
    @Valid
    @NotNull
    @JsonProperty
    private EventSettings events = EventSettings.usual();

    /** How long a step that fails is tried quickly, before it is a case and tried slowly. */
    @NotNull
    @MinDuration(value = 10, unit = TimeUnit.SECONDS)
    @MaxDuration(value = 3, unit = TimeUnit.MINUTES)
    @JsonProperty
    private Duration quickPhase = Duration.minutes(2);

    /** How often each channel account is compared with what we know. */
    @NotNull
    @JsonProperty
    private Duration reconcileEvery = Duration.minutes(5);

    /** How long a parcel may be on its way without news before its carrier is asked. */
    @NotNull
    @JsonProperty
    private Duration askCarrierAfter = Duration.hours(6);

    /** How long after the last news of its parcels a shipment counts as delivered. */
    @NotNull
    @MinDuration(value = 1, unit = TimeUnit.DAYS)
    @JsonProperty
    private Duration takeAsDeliveredAfter = Duration.days(30);

    /** How soon stock is heard of whose webhook was lost. */
    @NotNull
    @JsonProperty
    private Duration sweepStockEvery = Duration.minutes(1);

    /** How often the ledger is compared with what systems told last, at places that have been quiet for as long. */
    @NotNull
    @JsonProperty
    private Duration compareStockEvery = Duration.minutes(15);

    /** How often all levels of a system are read, also those that have not changed. */
    @NotNull
    @JsonProperty
    private Duration readAllStockEvery = Duration.hours(24);

    /** How often ERPs are asked about stock. */
    @Valid
    @NotNull
    @JsonProperty
    private ErpStockSettings erpStock = ErpStockSettings.usual();

    /** How long each account's catalogue rests between two syncs. */
    @NotNull
    @JsonProperty
    private Duration catalogEvery = Duration.hours(1);

    /** How long a change in the ERP may take, with the wait for its turn; so long nobody else makes the same one. */
    @NotNull
    @MinDuration(value = 30, unit = TimeUnit.SECONDS)
    @MaxDuration(value = 130, unit = TimeUnit.SECONDS)
    @JsonProperty
    private Duration longestErpChange = Duration.seconds(Erp.LONGEST_CHANGE.toSeconds());

    /** Where traces go, if anywhere. */
    @NotNull
    @JsonProperty
    private TracingSettings otel = TracingSettings.none();

    /** For how long what was told is kept. */
    @Valid
    @NotNull
    @JsonProperty
    private RetentionSettings retention = RetentionSettings.usual();

    /** Which version of the program this process is, where Temporal shall keep versions apart. */
    @Valid
    @NotNull
    @JsonProperty
    private DeploymentSettings deployment = DeploymentSettings.unversioned();

    /** For fault tests only: the points at which this process halts, in which way, and where it notes that it has. */
    @JsonProperty
    private String haltAt = "";

    @NotNull
    @JsonProperty
    private HaltingCheckpoints.Way haltBy = HaltingCheckpoints.Way.END;

    @NotNull
    @JsonProperty
    private Path haltMarkers = Path.of(".throughline/halts");

    public Path retailer() {
        return retailer;
    }

    public Map<String, QueueSettings> queues() {
        return queues;
    }

    public int dispatchers() {
        return dispatchers;
    }

    public AddressRules subscribers() {
        return subscribers;
    }

    public EventSettings events() {
        return events;
    }

    public DeploymentSettings deployment() {
        return deployment;
    }

    public java.time.Duration reconcileEvery() {
        return reconcileEvery.toJavaDuration();
    }

    public StockFeedStepsImpl.Rhythm stockRhythm() {
        return new StockFeedStepsImpl.Rhythm(
                sweepStockEvery.toJavaDuration(),
                compareStockEvery.toJavaDuration(),
                readAllStockEvery.toJavaDuration());
    }

    ErpStockSettings erpStock() {
        return erpStock;
    }

    public java.time.Duration catalogEvery() {
        return catalogEvery.toJavaDuration();
    }

    java.time.Duration quickPhase() {
        return quickPhase.toJavaDuration();
    }

    public java.time.Duration longestErpChange() {
        return longestErpChange.toJavaDuration();
    }

    TracingSettings otel() {
        return otel;
    }

    RetentionSettings retention() {
        return retention;
    }

    public String haltAt() {
        return haltAt;
    }

    HaltingCheckpoints.Way haltBy() {
        return haltBy;
    }

    public Path haltMarkers() {
        return haltMarkers;
    }

    java.time.Duration askCarrierAfter() {
        return askCarrierAfter.toJavaDuration();
    }

    java.time.Duration takeAsDeliveredAfter() {
        return takeAsDeliveredAfter.toJavaDuration();
    }
}
