package io.throughline.connectors.shopify.inventory;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.inventory.StockMirror.Answer;
import io.throughline.domain.inventory.StockMirror.Complaint;
import io.throughline.domain.inventory.StockMirror.Reason;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** A rule of the shop that said no to a change of stock; {@code field} is the path to the input that it means. */
record StockError(Optional<String> code, Optional<List<String>> field, String message) {
    private static final Set<String> STALE = Set.of("CHANGE_FROM_QUANTITY_STALE", "COMPARE_QUANTITY_STALE");

    /** An earlier attempt under this key is just being carried out. */
    private static final String CONCURRENT = "IDEMPOTENCY_CONCURRENT_REQUEST";

    private static final Set<String> KEY_USED_UP = Set.of("IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED");

    private static final Set<String> NOT_NOW =
            Set.of("SERVICE_UNAVAILABLE", "MOVE_QUANTITIES_FAILED", "ADJUST_QUANTITIES_FAILED");

    /** What the shop's errors about a call of so many lines come to. */
    static Answer answer(List<StockError> errors, int lines) {
        if (errors.stream().anyMatch(error -> error.is(Set.of(CONCURRENT)))) {
            throw SystemFailure.outcomeUnknown(
                    FailureCode.OUTCOME_UNKNOWN, "the shop is still at an earlier attempt of this call", null);
        }
        if (errors.stream().anyMatch(error -> error.is(NOT_NOW))) {
            throw SystemFailure.withoutEffect(FailureCode.SYSTEM_ERROR, "the shop asks to try again later", null);
        }
        if (errors.stream().anyMatch(error -> error.is(KEY_USED_UP))) {
            return Answer.nothing(IntStream.range(0, lines)
                    .mapToObj(line -> new Complaint(line, Reason.KEY_USED_UP, "the key is used up"))
                    .toList());
        }
        return errors.isEmpty()
                ? Answer.told()
                : Answer.nothing(
                        errors.stream().map(error -> error.complaint(lines)).toList());
    }

    private Complaint complaint(int lines) {
        return new Complaint(
                line().orElse(lines == 1 ? 0 : -1),
                is(STALE) ? Reason.STALE : Reason.REFUSED,
                code.map(name -> name + ": ").orElse("") + message);
    }

    private boolean is(Set<String> codes) {
        return code.filter(codes::contains).isPresent();
    }

    /** {@code input}, the list, and then the line's index. */
    private Optional<Integer> line() {
        return field.filter(path -> path.size() > 2)
                .map(path -> path.get(2))
                .filter(index -> index.matches("[0-9]{1,3}"))
                .map(Integer::valueOf);
    }
}
