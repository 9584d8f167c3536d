package io.throughline.store.returns;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.returns.Arrival;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.ReceivedUnits;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnFilter;
import io.throughline.domain.returns.ReturnFilter.Stage;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.Returns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which returns people find by what they look for. */
class ReturnFilterTest extends ReturnsFixture {
    @Test
    void aStageFindsThoseThatAreSoFar() {
        ReturnId id = authorised("L1", 1);
        assertThat(among(Stage.OPEN, id) && among(Stage.AWAITED, id)).isTrue();
        assertThat(among(Stage.TO_INSPECT, id)).isFalse();

        stored(intake.receive(submission(), id, arrival("L1", 1)));
        assertThat(among(Stage.TO_INSPECT, id)).isTrue();
        assertThat(among(Stage.AWAITED, id)).isFalse();

        stored(intake.inspect(submission(), id, finding("L1", 1, Disposition.RESTOCK)));
        assertThat(among(Stage.INSPECTED, id)).isTrue();

        returns.booked(id, find(id).toBook());
        returns.endMoney(id, "somebody bears it");
        returns.close(id);
        assertThat(among(Stage.CLOSED, id)).isTrue();
        assertThat(among(Stage.OPEN, id)).isFalse();
    }

    @Test
    void whatIsRefusedIsNotOpen() {
        ReturnId id = authorised("L1", 1);
        stored(intake.refuse(id, FINANCE, "worn"));

        assertThat(among(Stage.REFUSED, id)).isTrue();
        assertThat(among(Stage.AWAITED, id)).isFalse();
    }

    @Test
    void aPlaceFindsWhatIsToComeAndWhatLiesThere() {
        ReturnId id = authorised("L1", 1);
        assertThat(at(SampleFacilities.ST_HARBOR)).contains(id);
        assertThat(at(SampleFacilities.ST_DUBLIN)).doesNotContain(id);
        assertThat(found(ReturnFilter.newest(500).at(Optional.of(Set.of())))).isEmpty();

        stored(intake.receive(
                submission(), id, new Arrival(SampleFacilities.ST_DUBLIN, List.of(new Arrival.Units("L1", 1)), false)));
        assertThat(at(SampleFacilities.ST_DUBLIN)).contains(id);
        assertThat(returns.received(id)).containsExactly(new ReceivedUnits(SampleFacilities.ST_DUBLIN, "L1", 1, 0));
    }

    @Test
    void whatWaitsForASecondPersonIsFound() {
        ReturnId id = authorised("L1", 1);
        inspected(id);
        returns.calculate(
                id,
                purchase ->
                        new Returns.Reckoned(reckoning.of(find(id), purchase).refund(), true));
        ReturnFilter waiting =
                new ReturnFilter(Optional.empty(), Optional.empty(), true, Optional.empty(), Optional.empty(), 500);

        assertThat(found(waiting)).contains(id);
        stored(intake.approve(id, FINANCE));
        assertThat(found(waiting)).doesNotContain(id);
    }

    /** As the return itself says. */
    @Test
    void overdueIsWhatIsWaitedForNoLonger() {
        ReturnId id = authorised("L1", 1);
        Instant until = find(id).waitedForUntil();

        assertThat(found(overdue(until.minusSeconds(1)))).doesNotContain(id);
        assertThat(found(overdue(until.plusSeconds(1)))).contains(id);
    }

    @Test
    void pagesFollowEachOther() {
        List<ReturnId> all = List.of(authorised("L1", 1), authorised("L1", 1));
        List<ReturnId> read = new ArrayList<>();
        Optional<ReturnFilter.Place> after = Optional.empty();
        for (int page = 0; page < 1000; page++) {
            List<Return> next = returns.list(
                    new ReturnFilter(Optional.empty(), Optional.empty(), false, Optional.empty(), after, 1));
            if (next.isEmpty()) {
                break;
            }
            read.add(next.getFirst().id());
            after = Optional.of(new ReturnFilter.Place(
                    next.getFirst().authorisedAt(), next.getFirst().id()));
        }

        assertThat(read).doesNotHaveDuplicates().containsAll(all);
    }

    private static ReturnFilter overdue(Instant at) {
        return new ReturnFilter(Optional.empty(), Optional.empty(), false, Optional.of(at), Optional.empty(), 500);
    }

    private boolean among(Stage stage, ReturnId id) {
        return found(ReturnFilter.newest(500).in(stage)).contains(id);
    }

    private List<ReturnId> at(FacilityId place) {
        return found(ReturnFilter.newest(500).at(Optional.of(Set.of(place))));
    }

    private List<ReturnId> found(ReturnFilter filter) {
        return returns.list(filter).stream().map(Return::id).toList();
    }
}
