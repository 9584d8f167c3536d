package io.throughline.e2e;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.ShownState;
import io.throughline.domain.inventory.ShownStock;
import io.throughline.domain.inventory.StockMirror;
import io.throughline.domain.inventory.StockTelling;
import io.throughline.domain.inventory.StockTelling.Line;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** One SKU in one location of a shop, as Shopify keeps it: it commits what it sells, and on hand is the sum of its states. */
final class TestingShelf implements StockMirror {
    private final Map<String, Answer> answers = new HashMap<>();
    private int available;
    private int committed;
    private int reserved;
    private int safetyStock;
    private Mishap next = Mishap.NONE;

    /** What becomes of the next call. */
    enum Mishap {
        NONE,
        NOT_HEARD,
        REPLY_LOST,
        REPLY_LOST_AND_KEY_FORGOTTEN
    }

    TestingShelf(int available) {
        this.available = available;
    }

    void meets(Mishap mishap) {
        next = mishap;
    }

    int available() {
        return available;
    }

    /** The shop takes an order, whether it has told us or not. */
    void sell(int units) {
        available -= units;
        committed += units;
    }

    void ship(int units) {
        committed -= units;
    }

    private int onHand() {
        return available + committed + reserved + safetyStock;
    }

    @Override
    public Set<ShownState> states() {
        return EnumSet.allOf(ShownState.class);
    }

    @Override
    public int mostLines() {
        return 10;
    }

    @Override
    public Map<Sku, ShownStock> read(AccountId account, FacilityId facility, Collection<Sku> skus) {
        Map<Sku, ShownStock> shown = new HashMap<>();
        skus.forEach(sku -> shown.put(sku, new ShownStock("item", onHand(), reserved, safetyStock)));
        return shown;
    }

    @Override
    public Answer tell(StockTelling telling, String vendorKey) {
        Mishap mishap = next;
        next = Mishap.NONE;
        if (mishap == Mishap.NOT_HEARD) {
            throw SystemFailure.withoutEffect(FailureCode.SYSTEM_UNREACHABLE, "nobody listens", null);
        }
        Answer answer = answers.containsKey(vendorKey)
                ? again(Objects.requireNonNull(answers.get(vendorKey)))
                : carryOut(telling.lines());
        answers.put(vendorKey, answer);
        if (mishap == Mishap.REPLY_LOST_AND_KEY_FORGOTTEN) {
            answers.clear();
        }
        if (mishap != Mishap.NONE) {
            throw SystemFailure.outcomeUnknown(FailureCode.OUTCOME_UNKNOWN, "the reply is lost", null);
        }
        return answer;
    }

    private static Answer again(Answer before) {
        return before.allTold() ? before : Answer.nothing(List.of(new Complaint(0, Reason.KEY_USED_UP, "used up")));
    }

    private Answer carryOut(List<Line> lines) {
        for (int index = 0; index < lines.size(); index++) {
            if (units(lines.get(index).state()) != lines.get(index).from()) {
                return Answer.nothing(List.of(new Complaint(index, Reason.STALE, "it is another one")));
            }
        }
        for (Line line : lines) {
            int change = line.to() - line.from();
            switch (line.state()) {
                case ON_HAND -> available += change;
                case RESERVED -> {
                    reserved += change;
                    available -= change;
                }
                case SAFETY_STOCK -> {
                    safetyStock += change;
                    available -= change;
                }
            }
        }
        return Answer.told();
    }

    private int units(ShownState state) {
        return switch (state) {
            case ON_HAND -> onHand();
            case RESERVED -> reserved;
            case SAFETY_STOCK -> safetyStock;
        };
    }
}
