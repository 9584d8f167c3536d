package io.throughline.workflows.order;

import io.temporal.workflow.Workflow;
import io.throughline.workflows.call.StepResult.Verdict;
import io.throughline.workflows.call.Story;
import io.throughline.workflows.call.Wakes;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives an order its stock, and waits for what is short until there is news of it, or until it has waited for long enough: which of it
 * is so, the step knows.
 */
final class Allotment {
    /** What wake-ups about the order's stock are about. */
    static final String STOCK = "stock";

    /** What wake-ups are about that only the rest of an order in parts is to hear. */
    static final String REST = "rest";

    static final String ORDER = "order";
    private static final String WAITS = "Waits for stock";
    private static final String QUEUED = "Waits for a facility";
    private static final String LOST = "Has lost stock";
    private static final StockStanding UNTROUBLED = new StockStanding(List.of(), List.of(), null, null, null, false);

    private final Wakes wakes;
    private final Story story;
    private final Supplier<Standing> look;
    private int heard;

    Allotment(Wakes wakes, Story story, Supplier<Standing> look) {
        this.wakes = wakes;
        this.story = story;
        this.look = look;
    }

    /** The order is read now: only what comes from here on is news to the step. */
    void hear() {
        heard = news();
    }

    /** Takes the step until something can be done. Whatever becomes of the order meanwhile, the step sees it, for it reads it anew. */
    Verdict take(Supplier<Verdict> step) {
        while (true) {
            Verdict verdict = step.get();
            if (verdict != Verdict.WAITING) {
                tell(null);
                return verdict;
            }
            StockStanding stock = look.get().stock();
            tell(stock);
            story.publish();
            await(stock);
            hear();
        }
    }

    private int news() {
        return wakes.count(ORDER) + wakes.count(STOCK) + wakes.count(REST);
    }

    private void await(@Nullable StockStanding stock) {
        Instant next = stock == null ? null : earlier(stock.cancelAt(), stock.lookAgainAt());
        if (next == null) {
            Workflow.await(() -> news() > heard);
        } else {
            Wakes.await(next, () -> news() > heard);
        }
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isBefore(one)) ? other : one;
    }

    /** Puts into the story what an operator has to know of the order's stock. */
    void tell(@Nullable StockStanding stock) {
        StockStanding told = stock == null ? UNTROUBLED : stock;
        boolean waits = !told.waits().isEmpty();
        boolean queued = waits && told.lookAgainAt() != null;
        story.tells(WAITS, waits && !queued ? waits(told) : null);
        story.tells(QUEUED, queued ? waits(told) : null);
        story.tells(LOST, told.lost().isEmpty() ? null : String.join("; ", told.lost()));
    }

    private static String waits(StockStanding stock) {
        return String.join("; ", stock.waits())
                + (stock.lookAgainAt() == null ? "" : "; tried again at " + stock.lookAgainAt())
                + (stock.cancelAt() == null ? "" : "; cancelled if that has not come by " + stock.cancelAt());
    }
}
