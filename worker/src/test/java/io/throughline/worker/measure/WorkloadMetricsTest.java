package io.throughline.worker.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.measure.Backlog;
import io.throughline.domain.measure.BusinessProcess;
import io.throughline.domain.measure.CaseLoad;
import io.throughline.domain.measure.FeedProgress;
import io.throughline.domain.measure.Workload;
import io.throughline.runtime.retailer.ServiceLevelReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkloadMetricsTest {
    private static final Instant NOW = Instant.parse("2026-11-26T08:00:00Z");
    private static final AccountId SHOP = AccountId.of("northwind");
    private static final AccountId LEFT_ALONE = AccountId.of("northwind-jp");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TestingWorkload workload = new TestingWorkload();
    private final WorkloadMetrics metrics = new WorkloadMetrics(
            registry,
            workload,
            ServiceLevelReader.load(Path.of("../config"), Map.of()),
            Set.of(SHOP),
            Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void whatWaitsIsShownBesideWhatWasPromised() {
        metrics.look();

        assertThat(value("throughline.backlog.items", "work", "posting")).isEqualTo(3);
        assertThat(value("throughline.backlog.oldest.age", "work", "posting")).isEqualTo(90);
        assertThat(value("throughline.backlog.target", "work", "posting")).isEqualTo(900);
        assertThat(value("throughline.backlog.oldest.age", "work", "orders")).isZero();
        assertThat(registry.get("throughline.backlog.target")
                        .tag("work", "posting")
                        .gauge()
                        .getId()
                        .getTag("owner"))
                .isEqualTo("FINANCE");
        assertThat(registry.get("throughline.inbox.dead.letters").gauge().value())
                .isEqualTo(2);
        assertThat(registry.get("throughline.workload.looked.timestamp").gauge().value())
                .isEqualTo((double) NOW.getEpochSecond());
    }

    @Test
    void eachCodeIsShownWithItsCasesOrNone() {
        metrics.look();

        assertThat(value("throughline.cases.open", "code", "ERP_REJECTED")).isEqualTo(4);
        assertThat(value("throughline.cases.overdue", "code", "ERP_REJECTED")).isEqualTo(1);
        assertThat(value("throughline.cases.oldest.age", "code", "ERP_REJECTED"))
                .isEqualTo(60);
        assertThat(registry.get("throughline.cases.open").gauges()).hasSize(FailureCode.values().length);

        workload.cases = List.of();
        metrics.look();
        assertThat(value("throughline.cases.open", "code", "ERP_REJECTED")).isZero();
    }

    @Test
    void nobodyListensToAnAccountThatIsOff() {
        metrics.look();

        assertThat(registry.get("throughline.feed.complete.timestamp").gauges())
                .singleElement()
                .satisfies(gauge -> assertThat(gauge.getId().getTag("account")).isEqualTo("northwind"));
    }

    private double value(String name, String tag, String of) {
        return registry.get(name).tag(tag, of).gauge().value();
    }

    private static final class TestingWorkload implements Workload {
        private List<CaseLoad> cases = List.of(new CaseLoad(FailureCode.ERP_REJECTED, 4, 1, NOW.minusSeconds(60)));

        @Override
        public List<Backlog> backlogs() {
            return Arrays.stream(BusinessProcess.values())
                    .map(process -> process == BusinessProcess.POSTING
                            ? new Backlog(process, 3, Optional.of(NOW.minusSeconds(90)))
                            : new Backlog(process, 0, Optional.empty()))
                    .toList();
        }

        @Override
        public List<CaseLoad> cases() {
            return cases;
        }

        @Override
        public List<FeedProgress> feeds() {
            return List.of(new FeedProgress(SHOP, "orders", NOW), new FeedProgress(LEFT_ALONE, "orders", NOW));
        }

        @Override
        public long deadLetters() {
            return 2;
        }
    }
}
