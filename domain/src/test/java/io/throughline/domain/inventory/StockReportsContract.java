package io.throughline.domain.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.Trouble;
import io.throughline.domain.inventory.StockReports.Page;
import io.throughline.domain.inventory.StockReports.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every system keeps that tells of its stock; each connector that has one runs this against its own. */
public abstract class StockReportsContract {
    private static final Sku MUG = Sku.of("NW-MUG-RED");
    private static final AtomicInteger COUNTS = new AtomicInteger(40);

    protected abstract StockReportsUnderTest underTest();

    @AfterEach
    void noMoreTrouble() {
        underTest().noMoreTrouble();
    }

    @Test
    void whatChangedIsToldOfItsPlaceInTheNameOfItsAccount() {
        Instant before = taken();
        int units = count();

        assertThat(mugs(before)).last().satisfies(report -> {
            assertThat(units(report)).isEqualTo(units);
            assertThat(report.source().system()).isEqualTo(underTest().account().value());
        });
    }

    /** The ledger knows by its source what it has heard before. */
    @Test
    void whatIsReadAgainIsTheSameStatementAndWhatChangedAgainIsAnother() {
        count();
        List<Report> first = all(Instant.EPOCH);
        count();
        List<Report> second = all(Instant.EPOCH);

        assertThat(all(Instant.EPOCH)).isEqualTo(second);
        assertThat(second).extracting(Report::source).doesNotHaveDuplicates();
        assertThat(first)
                .extracting(Report::source)
                .doesNotContain(mugs(Instant.EPOCH).getLast().source());
    }

    /** A watermark that was kept there misses nothing. */
    @Test
    void whatComesAfterThePlaceThatWasReachedIsToldFromThereOn() {
        count();
        Instant reached = taken();
        int units = count();

        assertThat(units(mugs(reached).getLast())).isEqualTo(units);
        assertThat(taken()).isAfterOrEqualTo(reached);
    }

    @Test
    void whatWasBeforeIsNotTold() {
        count();

        assertThat(all(Instant.now().plus(Duration.ofMinutes(1)))).isEmpty();
    }

    /** Where a system has only one of the two, the other one tells nothing. */
    @Test
    void levelsAreToldOnceAndMoveNothing() {
        count();

        assertThat(everyPage(this::levels))
                .allSatisfy(report -> assertThat(report).isInstanceOf(Report.Told.class))
                .extracting(Report::source)
                .doesNotHaveDuplicates();
    }

    @Test
    void whereNothingWaitsNothingIsReadAgain() {
        assertThat(underTest().reports().again(underTest().account(), List.of()))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void readingThatGoesWrongSaysHowAndWorksAgain(Trouble trouble) {
        int units = count();
        all(Instant.EPOCH);
        underTest().meetsNext(trouble);

        trouble.assertReadingFails(() -> all(Instant.EPOCH));

        underTest().noMoreTrouble();
        assertThat(units(mugs(Instant.EPOCH).getLast())).isEqualTo(units);
    }

    @Test
    void aSystemThatCanNotBeReachedIsSaidSo() {
        Trouble.assertUnreached(
                () -> underTest().unreachable().since(underTest().account(), Instant.EPOCH, Optional.empty()));
    }

    /** Another number than ever before. */
    private int count() {
        int units = COUNTS.incrementAndGet();
        underTest().countMugs(units);
        return units;
    }

    private Page levels(Optional<String> cursor) {
        return underTest().reports().levels(underTest().account(), Instant.EPOCH, cursor);
    }

    private List<Report> all(Instant since) {
        return everyPage(cursor -> since(since, cursor));
    }

    private Page since(Instant since, Optional<String> cursor) {
        return underTest().reports().since(underTest().account(), since, cursor);
    }

    /** How far everything has been read, by the system's clock. */
    private Instant taken() {
        return pages(cursor -> since(Instant.EPOCH, cursor)).stream()
                .flatMap(page -> page.upTo().stream())
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    private static List<Report> everyPage(Function<Optional<String>, Page> read) {
        return pages(read).stream().flatMap(page -> page.reports().stream()).toList();
    }

    private static List<Page> pages(Function<Optional<String>, Page> read) {
        List<Page> pages = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            pages.add(read.apply(cursor));
            cursor = pages.getLast().next();
        } while (cursor.isPresent());
        return pages;
    }

    private List<Report> mugs(Instant since) {
        return all(since).stream().filter(this::ofMugs).toList();
    }

    private boolean ofMugs(Report report) {
        return switch (report) {
            case Report.Told told ->
                ofMugs(new StockSubject(told.level().facility(), told.level().sku()))
                        && told.level().measure() == Measure.ON_HAND;
            case Report.Moved moved ->
                ofMugs(new StockSubject(
                        moved.movement().facility(), moved.movement().sku()));
            case Report.SoldByOrder sold -> false;
            case Report.Unplaced unplaced -> false;
        };
    }

    private boolean ofMugs(StockSubject place) {
        return place.equals(new StockSubject(underTest().facility(), MUG));
    }

    /** A level, or a count. */
    private static int units(Report report) {
        return switch (report) {
            case Report.Told told -> told.level().units();
            case Report.Moved moved -> moved.movement().quantity();
            case Report.SoldByOrder sold -> sold.movement().quantity();
            case Report.Unplaced unplaced -> throw new AssertionError(unplaced);
        };
    }
}
