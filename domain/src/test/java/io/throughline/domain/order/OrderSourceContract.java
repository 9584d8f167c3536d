package io.throughline.domain.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.order.OrderSource.Changed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every order source keeps, whatever its channel; each module that has one runs this against its own. The contracts of the ports
 * lie beside the ports, in the jar of the domain's tests: all modules may know it, while no connector may know another's.
 */
public abstract class OrderSourceContract {
    private static final int MORE_THAN_A_PAGE = 205;

    protected abstract OrderSourceUnderTest underTest();

    @Test
    void anOrderIsReadUnderItsKeyAndItsPartsAddUpToTheCent() {
        OrderKey key = underTest().place();

        Order order = read(key).order();

        assertThat(order.key()).isEqualTo(key);
        assertThat(order.lines()).hasSizeGreaterThan(1);
        assertThat(order.tax().isZero()).isFalse();
        assertThat(order.sumOfParts()).isEqualTo(order.total().shop());
        assertThat(order.paid()).isEqualTo(order.total().shop());
    }

    @Test
    void whatWasOrderedLeavesByOneDeliveryAndNoMore() {
        Order order = read(underTest().place()).order();

        assertThat(order.deliveries())
                .flatExtracting(Delivery::lines)
                .containsExactlyInAnyOrderElementsOf(order.lines().stream()
                        .map(line -> new LineQuantity(line.id(), line.sku(), line.quantity()))
                        .toList());
    }

    @Test
    void readingAgainGivesTheSame() {
        OrderKey key = underTest().place();

        assertThat(read(key)).isEqualTo(read(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"404", "no-such-order"})
    void anOrderThatTheChannelDoesNotHaveIsEmpty(String name) {
        assertThat(source().read(new OrderKey(underTest().account(), name))).isEmpty();
    }

    @Test
    void changesComeOldestFirstAndEachOnceFromTheirInstantOn() {
        Changed first = changeOf(underTest().place());
        List<OrderKey> placed = new ArrayList<>(List.of(first.key()));
        while (placed.size() < MORE_THAN_A_PAGE) {
            placed.add(underTest().place());
        }

        List<Changed> found = changedSince(first.version());

        assertThat(found).extracting(Changed::key).doesNotHaveDuplicates().containsAll(placed);
        assertThat(found).isSortedAccordingTo(Comparator.comparing(Changed::version));
    }

    @Test
    void whatChangedBeforeIsNotTold() {
        Changed change = changeOf(underTest().place());

        assertThat(changedSince(change.version().plus(Duration.ofSeconds(1)))).doesNotContain(change);
    }

    @Test
    void aChangeIsToldWithTheVersionThatIsReadThen() {
        Changed change = changeOf(underTest().place());

        assertThat(changedSince(change.version())).contains(change);
    }

    /** What should be told of an order. */
    private Changed changeOf(OrderKey key) {
        return new Changed(key, read(key).order().version());
    }

    private List<Changed> changedSince(Instant since) {
        List<Changed> changed = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            OrderSource.Page page = source().changedSince(underTest().account(), since, cursor);
            changed.addAll(page.changed());
            cursor = page.next();
        } while (cursor.isPresent());
        return changed;
    }

    private OrderSource.ChannelOrder read(OrderKey key) {
        return source().read(key).orElseThrow();
    }

    private OrderSource source() {
        return underTest().source();
    }
}
