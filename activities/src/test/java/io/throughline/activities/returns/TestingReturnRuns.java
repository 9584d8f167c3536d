package io.throughline.activities.returns;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import java.util.List;
import java.util.stream.Stream;

/** What tests of whole returns go through again and again, and what they find of one that has ended. */
final class TestingReturnRuns {
    static final List<String> EFFECTS = List.of("invoice", "payment", "repay", "tell", "tell");
    static final String END = "goods INSPECTED, money ENDED";

    private TestingReturnRuns() {}

    static Stream<String> operations() {
        return Stream.of("repay", "invoice", "payment", "tell");
    }

    static void assertEnded(ReturnRun run, List<String> effects) {
        assertEnded(run, END, effects);
    }

    static void assertEnded(ReturnRun run, String end, List<String> effects) {
        assertThat(run.result()).isEqualTo(end);
        assertThat(run.retail.vendor.effects().stream()
                        .map(effect -> effect.split(" ", 2)[0])
                        .sorted())
                .containsExactlyElementsOf(effects);
        assertThat(run.returned().closedAt()).isPresent();
        assertThat(run.retail.cases.open().stream().filter(one -> one.code() != FailureCode.CHANGED_AFTER_SHIPMENT))
                .isEmpty();
    }

    static Money usd(String amount) {
        return Money.of(amount, CurrencyCode.of("USD"));
    }
}
