package io.throughline.workflows.order;

import io.temporal.workflow.Workflow;
import io.throughline.workflows.call.StepResult.Verdict;
import io.throughline.workflows.call.Story;
import io.throughline.workflows.call.Wakes;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives an order its stock, and waits for what is short until there is news of it, or until it has waited for long enough: which of it
 * is so, the step knows.
 */
final class Allotment {
    /** What wake-ups about the order's stock are about. */
    static final String STOCK = "stock";

    private static final String ORDER = "order";
    private static final String WAITS = "Waits for stock";
    private static final String LOST = "Has lost stock";

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
                story.tells(WAITS, null);
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
        return wakes.count(ORDER) + wakes.count(STOCK);
    }

    private void await(@Nullable StockStanding stock) {
        if (stock == null || stock.cancelAt() == null) {
            Workflow.await(() -> news() > heard);
        } else {
            Wakes.await(stock.cancelAt(), () -> news() > heard);
        }
    }

    /** Puts into the story what an operator has to know of the order's stock. */
    void tell(@Nullable StockStanding stock) {
        story.tells(WAITS, stock == null || stock.waits().isEmpty() ? null : waits(stock));
        story.tells(LOST, stock == null || stock.lost().isEmpty() ? null : String.join("; ", stock.lost()));
    }

    private static String waits(StockStanding stock) {
        return String.join("; ", stock.waits())
                + (stock.cancelAt() == null ? "" : "; cancelled if that has not come by " + stock.cancelAt());
    }
}
