package io.throughline.api.account;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.account.Account;
import io.throughline.domain.account.CallBudget;
import io.throughline.domain.account.EffectMode;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.account.SystemControls;
import io.throughline.domain.account.SystemControls.Control;
import io.throughline.domain.account.SystemControls.Kind;
import io.throughline.domain.account.SystemHealth.Health;
import io.throughline.domain.account.SystemPaces.Pace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One account's system: how it is doing, and how it is asked. */
@Schema(name = "System")
public record SystemView(
        String account,
        OutsideSystem system,
        EffectMode mode,
        boolean paused,

        @Schema(description = "Who has paused it, when and why")
        Optional<Saying> pause,

        @Schema(description = "How many operations a second are begun at most, by all processes together")
        Optional<Double> perSecond,

        @Schema(description = "Who has set that, when and why")
        Optional<Saying> limit,

        @Schema(description = "How many steps a second its task queue begins at most, by the workers' configuration")
        Optional<Double> queuePerSecond,

        @Schema(description = "What the system lets us spend on calls, where it tells; as a worker has heard last")
        Optional<Points> points,

        Optional<Instant> lastSuccess,
        Optional<Instant> lastHeard,

        @Schema(description = "Up to when all that it tells is known; left out where nothing is compared")
        Optional<Instant> completeUpTo,

        int queued,
        int failing,

        @Schema(description = "Of those that fail, what the system itself has told to come later")
        int throttled,

        int unknown,
        int refused,
        int waitingMessages,
        int deadLetters) {
    static SystemView of(Account account, Control control, Health health, Optional<Pace> pace) {
        return new SystemView(
                account.id().value(),
                account.system(),
                account.mode(),
                control.paused(),
                control.pause().map(Saying::of),
                control.limit().map(SystemControls.Limit::perSecond),
                control.limit().map(limit -> Saying.of(limit.said())),
                pace.flatMap(Pace::perSecond),
                pace.flatMap(Pace::budget).map(Points::of),
                health.lastSuccess(),
                health.lastHeard(),
                health.completeUpTo(),
                health.queued(),
                health.failing(),
                health.throttled(),
                health.unknown(),
                health.refused(),
                health.waitingMessages(),
                health.deadLetters());
    }

    /** Points of the system's own: so many are left of most, and so many come back a second. */
    @Schema(name = "SystemPoints")
    public record Points(double left, double most, double aSecond, Instant asOf) {
        static Points of(CallBudget budget) {
            return new Points(budget.left(), budget.most(), budget.aSecond(), budget.asOf());
        }
    }

    /** Who has said something, when and why. */
    @Schema(name = "SystemSaying")
    public record Saying(String actor, String reason, Instant at) {
        static Saying of(SystemControls.Said said) {
            return new Saying(said.word().actor(), said.word().reason(), said.at());
        }
    }

    /** One thing that was said about a system. */
    @Schema(name = "SystemAct")
    public record ActView(Kind kind, Optional<Double> perSecond, Saying said) {
        static ActView of(SystemControls.Act act) {
            return new ActView(act.kind(), act.perSecond(), Saying.of(act.said()));
        }
    }

    /** All systems that are asked anything. */
    @Schema(name = "SystemList")
    public record SystemList(List<SystemView> systems) {}

    /** One system with what was said about it lately, newest first. */
    @Schema(name = "SystemDetail")
    public record SystemDetail(SystemView system, List<ActView> acts) {}
}
