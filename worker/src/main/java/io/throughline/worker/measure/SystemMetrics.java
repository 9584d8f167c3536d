package io.throughline.worker.measure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.throughline.domain.account.Account;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SystemControls;
import io.throughline.domain.account.SystemControls.Control;
import io.throughline.domain.account.SystemControls.Limit;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What people have said about how systems are to be asked. Every process that shows it shows the same. */
public final class SystemMetrics {
    private final SystemControls controls;
    private final List<Account> accounts;
    private final Clock clock;
    private final MultiGauge paused;
    private final MultiGauge limits;

    public SystemMetrics(MeterRegistry registry, SystemControls controls, List<Account> accounts, Clock clock) {
        this.controls = controls;
        this.accounts = List.copyOf(accounts);
        this.clock = clock;
        this.paused = MultiGauge.builder("throughline.system.paused")
                .baseUnit("seconds")
                .description("For how long an account's system has been paused; 0 where it is not")
                .register(registry);
        this.limits = MultiGauge.builder("throughline.system.limit")
                .description(
                        "How many operations a second an account's system is asked at most; 0 where nobody has said so")
                .register(registry);
    }

    /** Asks for what was said. Until the next look the metrics tell the same. */
    public void look() {
        Map<AccountId, Control> said =
                controls.all().stream().collect(Collectors.toMap(Control::account, Function.identity()));
        paused.register(
                rows(
                        said,
                        control -> control.pause()
                                .map(pause -> Math.max(
                                        0,
                                        Duration.between(pause.at(), clock.instant())
                                                        .toMillis()
                                                / 1000.0))
                                .orElse(0.0)),
                true);
        limits.register(
                rows(said, control -> control.limit().map(Limit::perSecond).orElse(0.0)), true);
    }

    private List<Row<?>> rows(Map<AccountId, Control> said, ToDoubleFunction<Control> value) {
        return accounts.stream()
                .<Row<?>>map(account -> Row.of(
                        Tags.of(
                                "account",
                                account.id().value(),
                                "system",
                                account.system().name()),
                        value.applyAsDouble(said.getOrDefault(account.id(), Control.free(account.id())))))
                .collect(Collectors.toList());
    }
}
